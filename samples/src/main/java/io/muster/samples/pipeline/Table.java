package io.muster.samples.pipeline;

import io.muster.cli.Terminal;
import java.util.List;

/**
 * A table with a line for each stage: how many processes, how much it has done and does a second, what waits before it. On a
 * terminal it is drawn again and again in its place; elsewhere nothing is written before {@link #finish}. For one thread.
 */
final class Table {
    private static final long REDRAW_NANOS = 200_000_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Books books;
    private final List<Channel<?>> channels;
    private final boolean isLive = Terminal.isStdout();
    private final long begin = System.nanoTime();
    private final long[] itemsDrawn = new long[Stage.values().length];
    private long drawn = begin;
    private boolean visible;

    Table(Books books, List<Channel<?>> channels) {
        this.books = books;
        this.channels = channels;
    }

    /** Draws it if that is due. */
    void update() {
        long now = System.nanoTime();
        if (isLive && now - drawn >= REDRAW_NANOS) {
            String text = text(now - drawn, itemsDrawn);
            hide();
            System.out.print(text);
            System.out.flush();
            visible = true;
            drawn = now;
            for (Stage stage : Stage.values()) {
                itemsDrawn[stage.ordinal()] = books.items(stage);
            }
        }
    }

    /** Takes it away, for something else to be written. */
    void hide() {
        if (visible) {
            // Up to its first line, and from there all is cleared.
            System.out.print("\033[" + (1 + Stage.values().length) + "A\033[J");
            System.out.flush();
            visible = false;
        }
    }

    /** Draws it for good, with the rates of the whole time. */
    void finish() {
        hide();
        System.out.print(text(System.nanoTime() - begin, new long[Stage.values().length]));
    }

    private String text(long nanos, long[] before) {
        StringBuilder text = new StringBuilder(String.format(
                "%-10s %9s %9s %9s %9s %8s%n", "stage", "processes", "items", "a second", "waiting", "at most"));
        for (Stage stage : Stage.values()) {
            long items = books.items(stage);
            long perSecond = Math.round((items - before[stage.ordinal()]) / (nanos / NANOS_PER_SECOND));
            text.append(String.format("%-10s %9d %9d %9d", stage.title(), stage.processes, items, perSecond));
            channels.stream()
                    .filter(channel -> channel.stage() == stage)
                    .forEach(channel -> text.append(String.format(
                            " %9s %8d", channel.waiting() + "/" + Channel.PLACES, books.mostWaiting(stage))));
            text.append(System.lineSeparator());
        }
        return text.toString();
    }
}
