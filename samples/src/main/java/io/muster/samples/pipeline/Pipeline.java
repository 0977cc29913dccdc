package io.muster.samples.pipeline;

import io.muster.ChildProcess;
import io.muster.remote.RemoteRunnable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts the words of real files in four stages, each of processes of its own: read, parse, aggregate, report. What one stage
 * is done with goes to the next one through a {@link Channel}, a shared queue of few places.
 *
 * <p>The parent ends one stage after the other: when all processes of a stage have ended, everything they made is in the queue
 * behind them; then it says the end to each process of the next stage. When one fails, it ends them all.
 */
public final class Pipeline {
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Map<Stage, List<ChildProcess>> children = new EnumMap<>(Stage.class);
    private final Options options;

    private Pipeline(Options options) {
        this.options = options;
    }

    /**
     * Runs the sample.
     *
     * @param args see {@code --help}
     * @throws InterruptedException if this thread is interrupted; all stages have ended then
     */
    public static void main(String[] args) throws InterruptedException {
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println("pipeline: " + e.getMessage() + "\n" + Options.USAGE);
            System.exit(2);
            return;
        }
        if (options.help) {
            System.out.println(Options.USAGE);
            return;
        }
        try {
            new Pipeline(options).run();
        } catch (StageFailure e) {
            System.err.println("pipeline: " + e.getMessage());
            System.exit(1);
        }
    }

    private void run() throws InterruptedException, StageFailure {
        try (Books books = new Books();
                Channel<Piece> pieces = new Channel<>(Stage.PARSE, books);
                Channel<Counts> counts = new Channel<>(Stage.AGGREGATE, books);
                Channel<Counts> parts = new Channel<>(Stage.REPORT, books)) {
            try {
                int top = options.top;
                List<String> paths = List.copyOf(options.paths);
                Set<String> skipped = options.skippedDirectories;
                start(Stage.REPORT, () -> report(parts, top));
                start(Stage.AGGREGATE, () -> aggregate(counts, parts));
                start(Stage.PARSE, () -> pieces.takeAll(piece -> counts.put(Counts.of(piece))));
                start(Stage.READ, () -> read(paths, skipped, pieces, books));
                endOneByOne(List.of(pieces, counts, parts), books);
            } finally {
                children.values().forEach(stage -> stage.forEach(ChildProcess::kill));
            }
        }
    }

    private void start(Stage stage, RemoteRunnable target) {
        List<ChildProcess> started = children.computeIfAbsent(stage, each -> new ArrayList<>());
        for (int i = 1; i <= stage.processes; i++) {
            started.add(ChildProcess.named(stage.title() + "-" + i).heap("128m").start(target));
        }
    }

    /** Runs in a child. */
    private static void read(List<String> paths, Set<String> skipped, Channel<Piece> pieces, Books books)
            throws Exception {
        FileReader reader = new FileReader(
                piece -> {
                    pieces.put(piece);
                    books.countItem(Stage.READ);
                },
                skipped);
        reader.readAll(paths);
    }

    /** Runs in a child. */
    private static void aggregate(Channel<Counts> counts, Channel<Counts> parts) throws InterruptedException {
        Totals totals = new Totals();
        counts.takeAll(totals::add);
        totals.giveOn(parts::put);
    }

    /** Runs in a child. */
    private static void report(Channel<Counts> parts, int top) throws InterruptedException {
        Totals totals = new Totals();
        parts.takeAll(totals::add);
        totals.lines(top).forEach(System.out::println);
    }

    private void endOneByOne(List<Channel<?>> channels, Books books) throws InterruptedException, StageFailure {
        Table table = new Table(books, channels);
        awaitEnd(Stage.READ, table);
        for (Channel<?> channel : channels) {
            end(channel, table);
        }
        table.finish();
    }

    /** Says the end to a stage, and waits for it. */
    private void end(Channel<?> channel, Table table) throws InterruptedException, StageFailure {
        if (channel.stage() == Stage.REPORT) {
            table.hide(); // It prints now.
        }
        for (int i = 0; i < channel.stage().processes; i++) {
            while (!channel.offerEnd(LOOK)) {
                look(table);
            }
        }
        awaitEnd(channel.stage(), table);
    }

    private void awaitEnd(Stage stage, Table table) throws InterruptedException, StageFailure {
        for (ChildProcess child : children.get(stage)) {
            while (!child.join(LOOK)) {
                if (stage != Stage.REPORT) {
                    look(table);
                }
            }
        }
        look(null);
    }

    /** A process that failed will take nothing any more: the others could wait for ever. */
    private void look(Table tableOrNull) throws StageFailure {
        for (List<ChildProcess> stage : children.values()) {
            for (ChildProcess child : stage) {
                if (child.exitStatus().isPresent() && !child.exitStatus().get().isSuccess()) {
                    throw new StageFailure(child + " failed; the other stages are ended");
                }
            }
        }
        if (tableOrNull != null) {
            tableOrNull.update();
        }
    }

    /** A process of a stage has not ended well. */
    private static final class StageFailure extends Exception {
        private static final long serialVersionUID = 1;

        StageFailure(String message) {
            super(message);
        }
    }
}
