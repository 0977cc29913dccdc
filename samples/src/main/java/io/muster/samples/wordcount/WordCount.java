package io.muster.samples.wordcount;

import io.muster.ProcessPool;
import io.muster.TaskFuture;
import io.muster.cli.Progress;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;

/**
 * Counts words in real files: the main job of a pool, from end to end.
 *
 * <p>The walk submits batches while the workers count already. Results are added up in the order in which the batches were
 * made; each is one array of bytes, so that the parent never has to make an object of a word.
 */
public final class WordCount {
    private static final int MAX_SUBMITTED = 4096;

    private final Options options;
    private final Tally tally = new Tally();
    private final Queue<Submitted> submitted = new ArrayDeque<>();
    private boolean failed;

    private WordCount(Options options) {
        this.options = options;
    }

    /**
     * Runs the sample.
     *
     * @param args see {@code --help}
     * @throws InterruptedException if this thread is interrupted; the workers have ended then
     */
    public static void main(String[] args) throws InterruptedException {
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println("wordcount: " + e.getMessage() + "\n" + Options.USAGE);
            System.exit(2);
            return;
        }
        if (options.help) {
            System.out.println(Options.USAGE);
        } else if (!new WordCount(options).run()) {
            System.exit(1);
        }
    }

    private boolean run() throws InterruptedException {
        long begin = System.nanoTime();
        ProcessPool.Builder builder = ProcessPool.builder().name("wordcount");
        if (options.workers > 0) {
            builder.workers(options.workers);
        }
        Batcher batcher;
        try (ProcessPool pool = builder.start();
                Progress progress = Progress.onStderr("counting", Progress.Unit.BYTES)) {
            batcher = new Batcher(
                    options.followLinks, options.skippedDirectories, batch -> submit(pool, progress, batch));
            try {
                countAll(batcher, progress);
            } catch (InterruptedException e) {
                pool.terminate(); // Closing it would wait for all that was submitted.
                throw e;
            }
        }
        tally.addEmptyFiles(batcher.emptyFiles());
        tally.addProblems(batcher.problems());
        print(new Report(tally, batcher.totalBytes(), batcher.linksNotFollowed(), System.nanoTime() - begin));
        return !failed;
    }

    private void countAll(Batcher batcher, Progress progress) throws InterruptedException {
        for (Path path : options.paths) {
            failed |= !batcher.walk(path);
        }
        batcher.finish();
        progress.totalIsKnown();
        while (!submitted.isEmpty()) {
            collect(progress);
        }
    }

    /** Adds up what is there on the way: a tree of any size needs a bounded number of results at once. */
    private void submit(ProcessPool pool, Progress progress, Batch batch) {
        submitted.add(new Submitted(batch, pool.applyAsync(BatchCounter::count, batch)));
        progress.more(batch.diskBytes());
        try {
            while (submitted.size() > MAX_SUBMITTED
                    || !submitted.isEmpty() && submitted.peek().result.isDone()) {
                collect(progress);
            }
        } catch (InterruptedException e) {
            // The walk looks at the flag and ends; run() then meets it, too.
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the oldest batch. One whose worker died is lost, and said; the others count. */
    private void collect(Progress progress) throws InterruptedException {
        Submitted oldest = submitted.remove();
        try {
            tally.add(oldest.batch, oldest.result.get());
        } catch (ExecutionException e) {
            failed = true;
            tally.addProblems(List.of(new UnreadableFile(
                    oldest.batch.pieces().get(0).toString(),
                    "this and " + (oldest.batch.pieces().size() - 1) + " more were not counted: "
                            + e.getCause().getMessage())));
        }
        progress.done(oldest.batch.diskBytes());
    }

    private void print(Report report) {
        // Words are in any script; what the terminal's encoding cannot show is better wrong there than lost.
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        if (options.json) {
            report.printJson(out, options.top);
        } else {
            report.printText(out, options.top);
        }
        out.flush();
        report.printProblems(System.err);
    }

    private record Submitted(Batch batch, TaskFuture<BatchResult> result) {}
}
