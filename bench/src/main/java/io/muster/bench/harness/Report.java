package io.muster.bench.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One group's results, judged.
 *
 * @param group what was measured
 * @param results what came of it
 */
public record Report(Group group, Results results) {
    private static final String MIDDLE = "p50";

    /** The rows of the report: metric by metric, placement by placement, Muster first. */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Metric metric : group.metrics()) {
            for (Placement placement : group.placements()) {
                Map<String, Series> found = results.of(placement, metric.id());
                Series ours = found.get(Group.MUSTER);
                if (ours != null) {
                    rows.add(ours(metric, placement, ours, found));
                }
                found.forEach((contestant, theirs) -> {
                    if (theirs != ours) {
                        rows.add(theirs(metric, placement, contestant, theirs, ours));
                    }
                });
            }
        }
        return rows;
    }

    private static Row ours(Metric metric, Placement placement, Series ours, Map<String, Series> found) {
        Goal goal = metric.goalIn(placement);
        Series reference = goal.reference() == null ? null : found.get(goal.reference());
        OptionalDouble referenceCost =
                reference == null ? OptionalDouble.empty() : OptionalDouble.of(reference.median());
        return new Row(
                metric,
                placement,
                Group.MUSTER,
                ours,
                OptionalDouble.empty(),
                goal,
                goal.judge(ours.median(), referenceCost));
    }

    private static Row theirs(Metric metric, Placement placement, String contestant, Series theirs, Series ours) {
        OptionalDouble ratio = ours == null || theirs.median() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(ours.median() / theirs.median());
        return new Row(metric, placement, contestant, theirs, ratio, Goal.none(), Goal.Verdict.NO_GOAL);
    }

    /** What is missing in the rows, a line each. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        results.skipped().forEach(what -> remarks.add("skipped: " + what));
        results.failures().forEach(what -> remarks.add("FAILED: " + what));
        return remarks;
    }

    public List<String> forTerminal() {
        return table().forTerminal();
    }

    public List<String> asMarkdown() {
        return table().asMarkdown();
    }

    private Table table() {
        Table table = new Table(
                "what",
                "where",
                "who",
                MIDDLE,
                "of launches",
                "p99",
                "p99.9",
                "max",
                "bytes/op",
                "Muster is",
                "goal",
                "");
        String last = "";
        for (Row row : rows()) {
            String title = row.metric.title().equals(last) ? "" : row.metric.title();
            last = row.metric.title();
            table.add(row.cells(title));
        }
        return table;
    }

    /**
     * One contestant at one metric in one placement.
     *
     * @param ratio what Muster takes, divided by what this peer takes
     */
    public record Row(
            Metric metric,
            Placement placement,
            String contestant,
            Series series,
            OptionalDouble ratio,
            Goal goal,
            Goal.Verdict verdict) {
        /** What two digits behind the point cannot show. */
        private static final double SAME = 0.005;

        private String[] cells(String title) {
            Unit unit = metric.unit();
            return new String[] {
                title,
                placement.toString(),
                contestant,
                unit.show(series.median()),
                unit.show(series.lowestMedian()) + " .. " + unit.show(series.highestMedian()),
                unit.show(series.percentile(99)),
                unit.show(series.percentile(99.9)),
                unit.show(series.max()),
                series.bytesPerOperation().isEmpty()
                        ? ""
                        : String.format(
                                Locale.ROOT, "%.0f", series.bytesPerOperation().getAsDouble()),
                ratio.isEmpty() ? "" : comparison(ratio.getAsDouble(), unit),
                goal.show(unit),
                verdict.toString()
            };
        }

        static String comparison(double ratio, Unit unit) {
            if (Math.abs(ratio - 1) < SAME) {
                return "the same";
            }
            boolean less = ratio < 1;
            String word = switch (unit) {
                case TIME, RATE -> less ? "faster" : "slower";
                case MEMORY, RATIO -> less ? "smaller" : "larger";
                case LOAD -> less ? "lighter" : "heavier";
            };
            double times = less ? 1 / ratio : ratio;
            return String.format(
                    Locale.ROOT, times >= 99.5 ? "%.0f x %s" : times >= 9.95 ? "%.1f x %s" : "%.2f x %s", times, word);
        }
    }
}
