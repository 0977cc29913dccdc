package io.muster.cli;

import io.muster.cli.Benchmarks.Request;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code muster bench}: hands its arguments to the bench module, which this one does not know. */
@Command(
        description = {
            "Measure Muster beside its peers, and compare with the goals.",
            "Every program is started several times, ours and theirs in turn. A peer that is not installed is skipped, and"
                    + " the report says so. Without a group all are measured; `--list` names them."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  muster bench --list",
            "  muster bench pool --quick        a first impression, in a minute or two",
            "  muster bench --json bench.json --markdown bench/RESULTS.md"
        })
final class BenchCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "GROUP", completionCandidates = Groups.class, description = "What to measure.")
    private List<String> groups = new ArrayList<>();

    @Option(names = "--quick", description = "Few launches and few rounds: the figures are rough.")
    private boolean quick;

    @Option(names = "--launches", paramLabel = "N", description = "How often each program is started; 5, quick 2.")
    private Integer launches;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures there, for programs.")
    private Path json;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Also write the report there, with the machine's facts.")
    private Path markdown;

    @Option(names = "--list", description = "Say what can be measured, and measure nothing.")
    private boolean list;

    @Override
    public Integer call() throws Exception {
        Benchmarks benchmarks = find().orElseThrow(() -> new CommandFailure(
                ExitCode.CANNOT_START,
                "the bench module is not on the class path; bin/muster in a clone of the project has it"));
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            benchmarks.groups().forEach((name, what) -> out.printf("%-8s  %s%n", name, what));
            out.flush();
            return ExitCode.OK.code();
        }
        Interruption.guardThisThread();
        boolean whole = benchmarks.run(request(benchmarks.groups()), out);
        return whole ? ExitCode.OK.code() : ExitCode.FAILED.code();
    }

    private Request request(Map<String, String> known) {
        for (String group : groups) {
            if (!known.containsKey(group)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "no group is called '" + group + "'; there are " + String.join(", ", known.keySet()));
            }
        }
        if (launches != null && launches < 1) {
            throw new ParameterException(spec.commandLine(), "--launches " + launches + ": must be 1 or more");
        }
        requireWritable(json);
        requireWritable(markdown);
        return new Request(
                groups.isEmpty() ? List.copyOf(known.keySet()) : List.copyOf(groups),
                quick,
                Optional.ofNullable(launches),
                Optional.ofNullable(json),
                Optional.ofNullable(markdown));
    }

    /** Now, and not after half an hour of measuring. */
    private void requireWritable(Path file) {
        if (file == null) {
            return;
        }
        Path directory = file.toAbsolutePath().getParent();
        if (!Files.isWritable(Files.exists(file) ? file : directory) || Files.isDirectory(file)) {
            throw new ParameterException(spec.commandLine(), "cannot write to " + file);
        }
    }

    private static Optional<Benchmarks> find() {
        return ServiceLoader.load(Benchmarks.class, BenchCommand.class.getClassLoader())
                .findFirst();
    }

    /** For the completion script. */
    static final class Groups implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return find().map(Benchmarks::groups).orElse(Map.of()).keySet().iterator();
        }
    }
}
