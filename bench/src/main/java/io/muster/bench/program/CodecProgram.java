package io.muster.bench.program;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs one method of {@link CodecBenchmark} on one kind of object in this JVM, which was launched for it, so JMH need not
 * fork. Arguments: the method; whose figures they are; the kind; milliseconds of an iteration; those of the warm-up take three times that.
 */
public final class CodecProgram {
    private static final int WARM_UPS = 10;
    private static final int WARM_UP_FACTOR = 3;
    private static final int ITERATIONS = 10;
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private CodecProgram() {}

    public static void main(String[] args) throws RunnerException {
        Lifeline.hold();
        // JMH's lock is a file that it leaves behind; the harness launches one program at a time.
        System.setProperty("jmh.ignoreLock", "true");
        long millis = Long.parseLong(args[3]);
        Options options = new OptionsBuilder()
                .include(CodecBenchmark.class.getName() + "." + args[0] + "$")
                .param("kind", args[2])
                .forks(0)
                .warmupIterations(WARM_UPS)
                .warmupTime(TimeValue.milliseconds(WARM_UP_FACTOR * millis))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.milliseconds(millis))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .build();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Runner runner = new Runner(options, OutputFormatFactory.createFormatInstance(nowhere, VerboseMode.SILENT));
        print(new Figures(args[1]), args[2], runner.runSingle().getAggregatedResult());
    }

    private static void print(Figures figures, String metric, BenchmarkResult result) {
        List<IterationResult> iterations = List.copyOf(result.getIterationResults());
        double[] costs = new double[iterations.size()];
        double[] bytes = new double[iterations.size()];
        for (int i = 0; i < costs.length; i++) {
            costs[i] = iterations.get(i).getPrimaryResult().getScore();
            bytes[i] = iterations.get(i).getSecondaryResults().get(ALLOCATED).getScore();
        }
        figures.print(metric, costs);
        figures.printBytes(metric, bytes);
    }
}
