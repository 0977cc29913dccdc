package io.muster.cli;

import io.muster.cli.SampleIndex.Sample;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code muster sample}: lists the samples, or runs one as the program that it is. */
@Command(
        description = {
            "Run a sample, or list them all.",
            "A sample is a small program that shows one thing; before it runs, its source file is named on stderr."
        },
        customSynopsis = {"muster sample", "       muster sample NAME [ARG...]", "       muster sample NAME --help"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  muster sample                             list them",
            "  muster sample wordcount                   count the words of this project",
            "  muster sample wordcount --json /usr/share/doc",
            "  muster sample mandelbrot picture.png"
        })
final class SampleCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            completionCandidates = Names.class,
            description = "The sample to run.")
    private String name;

    @Parameters(index = "1..*", paramLabel = "ARG", description = "What the sample is given.")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        List<Sample> samples = SampleIndex.read(SampleCommand.class.getClassLoader());
        if (samples.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.CANNOT_START,
                    "no samples on the class path; bin/muster in a clone of the project has them");
        }
        if (name == null) {
            list(samples, spec.commandLine().getOut());
            return ExitCode.OK.code();
        }
        Sample chosen = samples.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        "no sample is called '" + name + "'; there are "
                                + samples.stream().map(Sample::name).collect(Collectors.joining(", "))));
        System.err.println("muster: sample " + chosen.name() + ", source: " + sourceOf(chosen));
        run(chosen);
        return ExitCode.OK.code();
    }

    private static void list(List<Sample> samples, PrintWriter out) {
        int width =
                samples.stream().mapToInt(each -> each.name().length()).max().orElse(1);
        for (Sample each : samples) {
            out.printf("%-" + width + "s  %s%n", each.name(), each.description());
            out.printf("%-" + width + "s  %s%n", "", sourceOf(each));
        }
        out.printf("%nRun one: muster sample NAME [ARG...]; most explain themselves with --help.%n");
        out.flush();
    }

    /** As a path that can be opened from here, where there is one. */
    private static String sourceOf(Sample sample) {
        String home = System.getProperty("muster.home");
        if (home == null) {
            return sample.source();
        }
        Path file = Path.of(home, sample.source());
        Path here = Path.of("").toAbsolutePath();
        boolean below = file.startsWith(here);
        return Files.exists(file) ? (below ? here.relativize(file) : file).toString() : sample.source();
    }

    /** On this thread: the first Ctrl-C interrupts it. A sample that fails calls System.exit, as any program does. */
    private void run(Sample sample) throws Exception {
        Interruption.guardThisThread();
        Method main = Class.forName(sample.mainClass()).getMethod("main", String[].class);
        try {
            main.invoke(null, (Object) arguments.toArray(new String[0]));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** For the completion script. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return SampleIndex.read(Names.class.getClassLoader()).stream()
                    .map(Sample::name)
                    .iterator();
        }
    }
}
