package io.muster.cli;

import io.muster.MusterException;
import io.muster.PoolBrokenException;
import io.muster.ProcessPool;
import io.muster.internal.shell.ItemCall;
import io.muster.internal.shell.ItemOutcome;
import io.muster.internal.shell.MethodName;
import io.muster.internal.shell.MethodSearch;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster map}: parallel work from the shell. */
@Command(
        description = {
            "Call a static method with each item, in parallel, on a pool of JVMs.",
            "Items are the arguments, or the lines of stdin if there are none; results are printed in the order of the"
                    + " items, as they come. A method takes one parameter: String, int, long, double, Path or an enum;"
                    + " items are converted. What it returns is printed, nothing if it returns void. A failing item is a"
                    + " line on stderr; the others go on."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  muster map java.lang.Math::sqrt 1 2 4",
            "  find . -name '*.pdf' -print0 | muster map -0 --tag --class-path build/classes Pdf::pages",
            "  muster map Resize.java::thumbnail photos/*.jpg      compiles the file first",
            "  tail -F access.log | muster map --json Log.java::parse   endless input is fed lazily",
            "  muster map 'java.lang.Long::toHexString(long)' -- -1 255   items may begin with a dash after --"
        })
final class MapCommand implements Callable<Integer> {
    /** So many items a worker are on their way: enough while a slow item holds up the printing of those behind it. */
    private static final int WINDOW_PER_WORKER = 64;

    @Mixin
    private HelpOption help;

    @Parameters(
            index = "0",
            paramLabel = "METHOD",
            description = "CLASS::method or FILE.java::method; with overloads: method(type).")
    private String method;

    @Parameters(
            index = "1..*",
            paramLabel = "ITEM",
            description = "What to call it with; without any: the lines of stdin.")
    private List<String> items = List.of();

    @Option(
            names = {"-w", "--workers"},
            paramLabel = "N",
            description = "How many JVMs; default: the processors that may be used.")
    private int workers;

    @Option(
            names = {"-c", "--class-path", "--classpath"},
            paramLabel = "CP",
            description =
                    "Where the classes are; default: $CLASSPATH, else the current directory. `DIR/*`: all its jars.")
    private String classPath;

    @Option(names = "--heap", paramLabel = "SIZE", description = "Maximum heap of a worker, such as 512m or 2g.")
    private String heap;

    @Option(
            names = {"-0", "--null"},
            description = "Items on stdin end with a 0 byte, as find -print0 writes them.")
    private boolean nullSeparated;

    @Option(
            names = {"-t", "--tag"},
            description = "Print each item and a tab before its result.")
    private boolean tag;

    @Option(
            names = {"-j", "--json"},
            description = "Print each result, and each failure on stderr, as a JSON object in a line.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if (workers < 0) {
            throw new CommandFailure(ExitCode.USAGE, "--workers=" + workers + " is less than 1");
        }
        Interruption.guardThisThread();
        MapClassPath path = MapClassPath.of(classPath);
        MethodName name = target(path);
        if (items.isEmpty() && Terminal.isStdin()) {
            System.err.println("muster: reading items from the terminal, one a line; Ctrl-D ends");
        }
        ItemSource source = items.isEmpty()
                ? ItemSource.of(new FileInputStream(FileDescriptor.in), (byte) (nullSeparated ? 0 : '\n'))
                : ItemSource.of(items);
        try (Progress progress = Progress.onStderr("mapping", Progress.Unit.ITEMS)) {
            return run(name, path, source, progress).code();
        }
    }

    /** The method, found before any worker is started; its source file compiled if that is what was named. */
    private MethodName target(MapClassPath path) throws IOException {
        try {
            MethodName name = MethodName.parse(method);
            if (name.className().endsWith(".java")) {
                name = name.in(path.addSourceFile(name.className()));
            }
            MethodSearch.check(name, path.loader());
            return name;
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage());
        } catch (IllegalStateException e) {
            throw new CommandFailure(ExitCode.CANNOT_START, e.getMessage());
        }
    }

    private ExitCode run(MethodName name, MapClassPath path, ItemSource source, Progress progress) throws Exception {
        ProcessPool pool = pool(path);
        // Ended by force unless all was done: nothing that is left is wanted then.
        boolean complete = false;
        try {
            OutcomePrinter printer = new OutcomePrinter(tag, json, progress);
            ItemFeed feed = ItemFeed.start(source, pool, new ItemCall(name), pool.size() * WINDOW_PER_WORKER, progress);
            ExitCode code = print(feed, printer, progress);
            complete = code != ExitCode.OUTPUT_CLOSED;
            return code;
        } finally {
            if (complete) {
                pool.close();
            } else {
                pool.terminate();
            }
        }
    }

    private ProcessPool pool(MapClassPath path) {
        ProcessPool.Builder builder = ProcessPool.builder().name("map").classPath(path.forWorkers());
        int wanted = workers > 0 ? workers : Runtime.getRuntime().availableProcessors();
        builder.workers(items.isEmpty() ? wanted : Math.min(wanted, items.size()));
        try {
            if (heap != null) {
                builder.heap(heap);
            }
            return builder.start();
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage());
        }
    }

    private static ExitCode print(ItemFeed feed, OutcomePrinter printer, Progress progress) throws Exception {
        long failed = 0;
        long index = 0;
        for (ItemFeed.Submitted next; (next = feed.take()) != null; index++) {
            ItemOutcome outcome = outcome(next);
            failed += outcome.failure() == null ? 0 : 1;
            printer.print(index, next.item(), outcome);
            progress.done(1);
            if (!feed.hasNextDone() && printer.isClosed()) {
                return ExitCode.OUTPUT_CLOSED;
            }
        }
        progress.hide();
        if (printer.isClosed()) {
            return ExitCode.OUTPUT_CLOSED;
        }
        if (failed > 0) {
            System.err.println("muster: " + failed + " of " + index + " items failed");
        }
        return failed > 0 ? ExitCode.FAILED : ExitCode.OK;
    }

    private static ItemOutcome outcome(ItemFeed.Submitted submitted) throws InterruptedException {
        try {
            return submitted.outcome().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PoolBrokenException broken) {
                throw broken;
            }
            return ItemOutcome.failed(
                    e.getCause() instanceof MusterException known
                            ? known.getMessage()
                            : e.getCause().toString(),
                    "");
        } catch (CancellationException e) {
            return ItemOutcome.failed("cancelled", "");
        }
    }
}
