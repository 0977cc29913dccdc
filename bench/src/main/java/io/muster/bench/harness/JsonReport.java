package io.muster.bench.harness;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.StringJoiner;

/** The reports for programs: an object with the machine's facts, and an array of rows; costs in the metric's own unit. */
public final class JsonReport {
    private JsonReport() {}

    public static String of(Map<String, String> machine, List<Report> reports) {
        StringJoiner facts = new StringJoiner(",\n    ", "{\n    ", "\n  }");
        machine.forEach((name, fact) -> facts.add(quote(name) + ": " + quote(fact)));
        StringJoiner rows = new StringJoiner(",\n    ", "[\n    ", "\n  ]");
        StringJoiner remarks = new StringJoiner(",\n    ", "[\n    ", "\n  ]");
        for (Report report : reports) {
            report.rows().forEach(row -> rows.add(row(report.group().name(), row)));
            report.remarks().forEach(remark -> remarks.add(quote(report.group().name() + ": " + remark)));
        }
        return "{\n  \"machine\": " + facts + ",\n  \"rows\": " + rows + ",\n  \"remarks\": " + remarks + "\n}\n";
    }

    private static String row(String group, Report.Row row) {
        Series series = row.series();
        StringJoiner fields = new StringJoiner(", ", "{", "}");
        fields.add("\"group\": " + quote(group));
        fields.add("\"metric\": " + quote(row.metric().id()));
        fields.add("\"placement\": " + quote(row.placement().toString()));
        fields.add("\"contestant\": " + quote(row.contestant()));
        fields.add("\"unit\": " + quote(unit(row.metric().unit())));
        fields.add("\"p50\": " + series.median());
        fields.add("\"p50Lowest\": " + series.lowestMedian());
        fields.add("\"p50Highest\": " + series.highestMedian());
        fields.add("\"p99\": " + series.percentile(99));
        fields.add("\"p99.9\": " + series.percentile(99.9));
        fields.add("\"max\": " + series.max());
        fields.add("\"launches\": " + series.launches());
        fields.add("\"count\": " + series.count());
        fields.add("\"bytesPerOperation\": " + orNull(series.bytesPerOperation()));
        fields.add("\"musterDividedByThis\": " + orNull(row.ratio()));
        fields.add("\"goal\": " + quote(row.goal().show(row.metric().unit())));
        fields.add("\"verdict\": " + quote(row.verdict().toString()));
        return fields.toString();
    }

    private static String unit(Unit unit) {
        return switch (unit) {
            case TIME -> "ns";
            case RATE -> "ns per item";
            case MEMORY -> "bytes";
            case RATIO -> "ratio";
            case LOAD -> "ns per s";
        };
    }

    private static String orNull(OptionalDouble value) {
        return value.isPresent() ? Double.toString(value.getAsDouble()) : "null";
    }

    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
