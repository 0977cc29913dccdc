package io.muster.bench.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All series of one group, and what could not be measured. For one thread. */
public final class Results {
    /** Ends the name of a metric in a line that holds bytes per operation instead of costs. */
    private static final String BYTES = ".bytes";

    private final Map<Key, Series> series = new LinkedHashMap<>();
    private final Set<String> skipped = new LinkedHashSet<>();
    private final List<String> failures = new ArrayList<>();

    /**
     * Takes one line of a program's output: {@code metric TAB contestant TAB cost cost ...}; {@code metric.bytes} for bytes
     * per operation.
     *
     * @throws IllegalArgumentException if it is no such line
     */
    public void take(Placement placement, String line) {
        String[] fields = line.split("\t");
        if (fields.length != 3) {
            throw new IllegalArgumentException("not `metric TAB contestant TAB figures`: " + line);
        }
        double[] figures = parse(fields[2]);
        boolean bytes = fields[0].endsWith(BYTES);
        String metric = bytes ? fields[0].substring(0, fields[0].length() - BYTES.length()) : fields[0];
        Series into = series.computeIfAbsent(new Key(placement, metric, fields[1]), key -> new Series());
        if (bytes) {
            into.addBytes(Series.median(figures));
        } else {
            into.addLaunch(figures);
        }
    }

    private static double[] parse(String figures) {
        String[] words = figures.trim().split(" +");
        double[] parsed = new double[words.length];
        for (int i = 0; i < words.length; i++) {
            parsed[i] = Double.parseDouble(words[i]);
        }
        return parsed;
    }

    /** Notes that something is left out, and why; said once however often it happens. */
    public void skip(String what) {
        skipped.add(what);
    }

    /** Notes that a program failed. */
    public void fail(String what) {
        failures.add(what);
    }

    public Set<String> skipped() {
        return skipped;
    }

    public List<String> failures() {
        return failures;
    }

    /** The contestants of a metric with their figures, in the order in which they came. */
    public Map<String, Series> of(Placement placement, String metric) {
        Map<String, Series> found = new LinkedHashMap<>();
        series.forEach((key, value) -> {
            if (key.placement == placement && key.metric.equals(metric) && !value.isEmpty()) {
                found.put(key.contestant, value);
            }
        });
        return found;
    }

    private record Key(Placement placement, String metric, String contestant) {}
}
