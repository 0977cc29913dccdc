package io.muster.bench.harness;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** The reports for people, as a page that stands on its own. */
public final class MarkdownReport {
    private static final String HOW_TO_READ = """
            Each program is launched several times, Muster and the peers in turn, and a launch yields many figures. `p50` is the
            median of the launches' medians and `of launches` their range: where the processes land is drawn at each launch,
            and that alone can move a round trip by a factor of four. `p99`, `p99.9` and `max` are the bad end of all launches
            together; for a rate they are the speed that all but a hundredth or a thousandth of the rounds reached, and that
            of the slowest. `bytes/op` is what the calling JVM allocates per operation. `Muster is` compares the medians. A
            goal is judged by the median, in the placement in which it counts.
            """;

    private MarkdownReport() {}

    /** @param command what was typed to get it */
    public static String of(String command, Map<String, String> machine, List<Report> reports) {
        StringJoiner page = new StringJoiner("\n", "", "\n");
        page.add("# Muster beside its peers").add("");
        page.add("Made by `" + command + "`; nobody edits it.").add("");
        machine.forEach((name, fact) -> page.add("* " + name + ": " + fact));
        page.add("").add(HOW_TO_READ);
        for (Report report : reports) {
            page.add("## " + report.group().name())
                    .add("")
                    .add(report.group().description() + ".")
                    .add("");
            report.asMarkdown().forEach(page::add);
            page.add("");
            report.remarks().forEach(remark -> page.add("* " + remark.replace("\n", " / ")));
            if (!report.remarks().isEmpty()) {
                page.add("");
            }
        }
        return page.toString().stripTrailing() + "\n";
    }
}
