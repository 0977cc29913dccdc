package io.muster.bench.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/**
 * The figures of one contestant for one metric, launch by launch.
 *
 * <p>Where processes land is drawn at each launch and moves all figures of it, so the median is the median of the
 * launches' medians; the tail is that of all launches together. For one thread.
 */
public final class Series {
    /** Histograms hold whole numbers; a thousandth of a nanosecond is fine enough for millions of items in a second. */
    private static final double SCALE = 1000;

    private static final int DIGITS = 3;

    private final List<Double> medians = new ArrayList<>();
    private final List<Double> bytes = new ArrayList<>();
    private final Histogram all = new Histogram(DIGITS);

    /** Adds the figures of one launch. */
    public void addLaunch(double... costs) {
        if (costs.length == 0) {
            throw new IllegalArgumentException("a launch without figures");
        }
        Histogram launch = new Histogram(DIGITS);
        for (double cost : costs) {
            launch.recordValue(Math.max(0, Math.round(cost * SCALE)));
        }
        all.add(launch);
        medians.add(median(costs));
    }

    /** Adds how many bytes an operation allocated in one launch. */
    public void addBytes(double bytesPerOperation) {
        bytes.add(bytesPerOperation);
    }

    public boolean isEmpty() {
        return medians.isEmpty();
    }

    public int launches() {
        return medians.size();
    }

    public long count() {
        return all.getTotalCount();
    }

    /** The median of the launches' medians. */
    public double median() {
        return median(toArray(medians));
    }

    /** The best launch's median. */
    public double lowestMedian() {
        return medians.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    /** The worst launch's median. */
    public double highestMedian() {
        return medians.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** Over all launches; {@code percent} is 0 to 100. */
    public double percentile(double percent) {
        return all.getValueAtPercentile(percent) / SCALE;
    }

    public double max() {
        return all.getMaxValue() / SCALE;
    }

    public OptionalDouble bytesPerOperation() {
        return bytes.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(median(toArray(bytes)));
    }

    private static double[] toArray(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
