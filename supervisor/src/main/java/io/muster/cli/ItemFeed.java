package io.muster.cli;

import io.muster.ProcessPool;
import io.muster.internal.shell.ItemCall;
import io.muster.internal.shell.ItemOutcome;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;

/**
 * Submits items on a thread of its own, as reading may block for ever, and hands out their results in order. Never more items
 * are on their way than the window holds: an endless source is read no faster than results are taken.
 */
final class ItemFeed {
    /** What is taken last. */
    private static final Submitted END = new Submitted(null, null);

    private final BlockingQueue<Submitted> window;
    private final Progress progress;
    private volatile Exception failure;

    private ItemFeed(int windowItems, Progress progress) {
        this.window = new ArrayBlockingQueue<>(windowItems);
        this.progress = progress;
    }

    /** Begins to submit {@code call} for every item. */
    static ItemFeed start(ItemSource source, ProcessPool pool, ItemCall call, int windowItems, Progress progress) {
        ItemFeed feed = new ItemFeed(windowItems, progress);
        Thread thread = new Thread(() -> feed.run(source, pool, call), "muster-map-feed");
        // It may be inside a read that nothing can interrupt.
        thread.setDaemon(true);
        thread.start();
        return feed;
    }

    private void run(ItemSource source, ProcessPool pool, ItemCall call) {
        try {
            try {
                for (String item; (item = source.next()) != null; ) {
                    progress.more(1);
                    window.put(new Submitted(item, pool.applyAsync(call, item)));
                }
                progress.totalIsKnown();
            } catch (IOException | RuntimeException e) {
                failure = e;
            }
            window.put(END);
        } catch (InterruptedException e) {
            // Nobody interrupts this thread; the JVM is about to end if somebody does.
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits for the next item in order.
     *
     * @return null after the last one
     * @throws Exception what ended the source before its end
     */
    Submitted take() throws Exception {
        Submitted next = window.take();
        if (next != END) {
            return next;
        }
        if (failure != null) {
            throw failure;
        }
        return null;
    }

    /** Whether the next item is here and done: then nobody needs to see the output just now. */
    boolean hasNextDone() {
        Submitted next = window.peek();
        return next != null && next != END && next.outcome.isDone();
    }

    /** One item on its way. */
    record Submitted(String item, CompletableFuture<ItemOutcome> outcome) {}
}
