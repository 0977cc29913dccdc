package io.muster.bench.harness;

import java.util.Locale;

/**
 * What a figure stands for. Every figure is a cost, so that less is better and the 99th percentile is the bad end; a rate
 * is kept as nanoseconds per item and turned round when it is shown.
 */
public enum Unit {
    /** Nanoseconds of one operation. */
    TIME {
        @Override
        public String show(double nanos) {
            return scaled(nanos, 1000, "ns", "us", "ms", "s");
        }
    },
    /** Nanoseconds per item, shown as items per second. */
    RATE {
        @Override
        public String show(double nanosPerItem) {
            return scaled(NANOS_PER_SECOND / nanosPerItem, 1000, "/s", "k/s", "M/s", "G/s");
        }
    },
    /** Bytes of memory. */
    MEMORY {
        @Override
        public String show(double bytes) {
            return scaled(bytes, 1024, "B", "KiB", "MiB", "GiB");
        }
    },
    /** How many times as much. */
    RATIO {
        @Override
        public String show(double ratio) {
            return String.format(Locale.ROOT, "%.2f", ratio);
        }
    },
    /** Nanoseconds of processor time in a second. */
    LOAD {
        @Override
        public String show(double nanosPerSecond) {
            return TIME.show(nanosPerSecond) + "/s";
        }
    };

    private static final double NANOS_PER_SECOND = 1e9;

    /** The figure for people, with three digits that count and the unit that fits. */
    public abstract String show(double cost);

    private static String scaled(double value, double step, String... units) {
        int unit = 0;
        double shown = value;
        // 999.5 would be shown as 1000.
        while (shown >= 999.5 && unit < units.length - 1) {
            shown /= step;
            unit++;
        }
        int decimals = shown == 0 || shown >= 99.95 ? 0 : shown >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", shown, units[unit]);
    }
}
