package io.muster.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * A progress bar with rate and remaining time on stderr, drawn only when a person looks at it: not a byte is written when
 * stderr is a file or a pipe. Also for the samples.
 *
 * <p>Any thread may call any method. What is drawn is at most ten times a second old.
 */
public final class Progress implements AutoCloseable {
    private static final long REDRAW_NANOS = 100_000_000L;
    private static final long SETTLING_NANOS = 500_000_000L;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int BAR_CELLS = 24;
    private static final String CLEAR_LINE = "\r\033[K";

    private final String label;
    private final Unit unit;
    private final PrintStream target;
    private final LongSupplier clock;
    private final long begin;

    private long total;
    private boolean totalKnown;
    private long done;
    private long lastDrawn;
    private boolean visible;

    Progress(String label, Unit unit, PrintStream targetOrNull, LongSupplier nanoClock) {
        this.label = label;
        this.unit = unit;
        this.target = targetOrNull;
        this.clock = nanoClock;
        this.begin = nanoClock.getAsLong();
        // A job of an instant needs no bar.
        this.lastDrawn = begin + SETTLING_NANOS - REDRAW_NANOS;
    }

    /**
     * A bar on stderr if that is a terminal, else one that does nothing.
     *
     * @param label what is going on, a word
     * @param unit what is counted
     */
    public static Progress onStderr(String label, Unit unit) {
        return new Progress(label, unit, Terminal.isStderr() ? System.err : null, System::nanoTime);
    }

    /** There is more to do than was known. */
    public synchronized void more(long amount) {
        total += amount;
        redraw();
    }

    /** All has been told through {@link #more}: from now on a part done and a remaining time can be shown. */
    public synchronized void totalIsKnown() {
        totalKnown = true;
    }

    /** So much more is done. */
    public synchronized void done(long amount) {
        done += amount;
        redraw();
    }

    /** Takes the bar away while something else is written to the terminal; it comes back at the next step. */
    public synchronized void hide() {
        if (visible) {
            target.print(CLEAR_LINE);
            target.flush();
            visible = false;
        }
    }

    /** Takes the bar away for good. */
    @Override
    public void close() {
        hide();
    }

    private void redraw() {
        if (target == null) {
            return;
        }
        long now = clock.getAsLong();
        if (now - lastDrawn >= REDRAW_NANOS) {
            lastDrawn = now;
            target.print(CLEAR_LINE + line(now - begin));
            target.flush();
            visible = true;
        }
    }

    private String line(long elapsedNanos) {
        double seconds = elapsedNanos / NANOS_PER_SECOND;
        double perSecond = done / Math.max(seconds, 1e-9);
        if (!totalKnown || total == 0) {
            return label + " " + unit.show(done) + ", " + unit.show(perSecond) + "/s, " + duration(seconds);
        }
        int cells = (int) (BAR_CELLS * done / total);
        String rest = done == 0 ? "?" : duration((total - done) / perSecond);
        return label + " [" + "#".repeat(cells) + ".".repeat(BAR_CELLS - cells) + "] " + 100 * done / total + "% of "
                + unit.show(total) + ", " + unit.show(perSecond) + "/s, " + rest + " left";
    }

    private static String duration(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60
                ? whole + " s"
                : whole < 3600
                        ? String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60)
                        : String.format(Locale.ROOT, "%d:%02d h", whole / 3600, whole / 60 % 60);
    }

    /** What is counted. */
    public enum Unit {
        /** Things, each for itself. */
        ITEMS {
            @Override
            String show(double amount) {
                return String.format(
                        Locale.ROOT, amount < 10 && amount != Math.rint(amount) ? "%.1f" : "%,.0f", amount);
            }
        },
        /** Bytes, shown as MB. */
        BYTES {
            @Override
            String show(double amount) {
                return String.format(Locale.ROOT, "%,.1f MB", amount / 1e6);
            }
        };

        abstract String show(double amount);
    }
}
