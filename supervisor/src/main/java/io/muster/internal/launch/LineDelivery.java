package io.muster.internal.launch;

import io.muster.LineHandler;
import io.muster.LineHandler.Stream;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Hands a child's lines to its handler, on one thread, from a bounded queue. A handler that falls behind slows the child
 * down for {@value #PATIENCE_MILLIS} ms; from then on lines are dropped and counted until there is room again, so a flood
 * before a stuck handler costs memory for {@value #CAPACITY} lines and never stops the child.
 */
final class LineDelivery {
    private static final int CAPACITY = 1024;
    private static final long PATIENCE_MILLIS = 1000;

    private record Line(Stream stream, String text) {}

    private final String childName;
    private final LineHandler handler;
    private final Queue<Line> waiting = new ArrayDeque<>();
    private long dropped;
    private boolean delivering;
    private boolean closed;

    LineDelivery(String childName, LineHandler handler) {
        this.childName = childName;
        this.handler = handler;
        Threads.daemon("muster-lines-" + childName, this::deliver);
    }

    synchronized void offer(Stream stream, String text) {
        if (waiting.size() == CAPACITY && dropped == 0) {
            waitForRoom();
        }
        if (waiting.size() == CAPACITY) {
            dropped++;
            return;
        }
        if (dropped > 0) {
            waiting.add(new Line(
                    Stream.ERR,
                    "[" + dropped + " lines of child '" + childName + "' dropped: its line handler is too slow]"));
            dropped = 0;
        }
        waiting.add(new Line(stream, text));
        notifyAll();
    }

    private void waitForRoom() {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        for (long left = PATIENCE_MILLIS; waiting.size() == CAPACITY && left > 0; ) {
            await(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }

    /** Waits until nothing waits and nothing is being handled, at most that long. */
    synchronized void drain(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; (delivering || !waiting.isEmpty()) && left > 0; ) {
            await(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    private void deliver() {
        for (Line line = next(); line != null; line = next()) {
            try {
                handler.line(childName, line.stream, line.text);
            } catch (RuntimeException | Error e) {
                // A handler's mistake must not stop the child's output; it goes to where such mistakes go.
                Thread.UncaughtExceptionHandler uncaught = Thread.getDefaultUncaughtExceptionHandler();
                if (uncaught != null) {
                    uncaught.uncaughtException(Thread.currentThread(), e);
                } else {
                    e.printStackTrace();
                }
            }
        }
    }

    private synchronized Line next() {
        delivering = false;
        notifyAll();
        while (waiting.isEmpty() && !closed) {
            await(0);
        }
        Line line = waiting.poll();
        delivering = line != null;
        return line;
    }

    private void await(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            // Nobody has a reason to interrupt these threads; the conditions are looked at again.
        }
    }
}
