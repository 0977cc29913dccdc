package io.muster.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.bench.harness.Goal.Verdict;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final Results results = new Results();
    private final Report report = new Report(new Example(), results);

    @Test
    void showsMusterFirstAndComparesThePeersWithIt() {
        results.take(Placement.FREE, "call\tpeer\t100 100 100");
        results.take(Placement.FREE, "call\tMuster\t50 50 50");
        results.take(Placement.FREE, "call.bytes\tMuster\t24");

        List<Report.Row> rows = report.rows();

        assertEquals(
                List.of("Muster", "peer"),
                rows.stream().map(Report.Row::contestant).toList());
        assertEquals(Verdict.MET, rows.get(0).verdict());
        assertEquals(OptionalDouble.of(24), rows.get(0).series().bytesPerOperation());
        assertEquals(0.5, rows.get(1).ratio().orElseThrow(), 0.01);
        assertTrue(
                report.forTerminal().get(2).contains("2.00 x faster"),
                report.forTerminal().get(2));
    }

    @Test
    void judgesOnlyInThePlacementWhereTheGoalCounts() {
        results.take(Placement.APART, "call\tMuster\t5000");

        assertEquals(Verdict.NO_GOAL, report.rows().get(0).verdict());
    }

    @Test
    void doesNotJudgeWithoutTheReference() {
        results.take(Placement.FREE, "call\tMuster\t50");

        assertEquals(Verdict.NOT_JUDGED, report.rows().get(0).verdict());
    }

    @Test
    void saysOnceWhatWasSkipped() {
        results.skip("peer: not installed");
        results.skip("peer: not installed");

        assertEquals(List.of("skipped: peer: not installed"), report.remarks());
    }

    @Test
    void refusesALineThatIsNoFigure() {
        assertThrows(IllegalArgumentException.class, () -> results.take(Placement.FREE, "hello"));
        assertThrows(IllegalArgumentException.class, () -> results.take(Placement.FREE, "call\tMuster\tfast"));
    }

    @Test
    void writesJsonThatKeepsQuotesApart() {
        results.take(Placement.FREE, "call\tMuster\t50");

        String json = JsonReport.of(Map.of("JDK", "a \"good\" one"), List.of(report));

        assertTrue(json.contains("\"JDK\": \"a \\\"good\\\" one\""), json);
        assertTrue(json.contains("\"metric\": \"call\", \"placement\": \"free\", \"contestant\": \"Muster\""), json);
        assertTrue(json.contains("\"unit\": \"ns\", \"p50\": 50.0,"), json);
    }

    @Test
    void writesAPageThatSaysHowItWasMade() {
        results.take(Placement.FREE, "call\tMuster\t50");

        String page = MarkdownReport.of("bin/muster bench example", Map.of("kernel", "6.1"), List.of(report));

        assertTrue(page.contains("`bin/muster bench example`"), page);
        assertTrue(page.contains("* kernel: 6.1"), page);
        assertTrue(page.contains("| a call | free | Muster | 50.0 ns |"), page);
    }

    private static final class Example implements Group {
        @Override
        public String name() {
            return "example";
        }

        @Override
        public String description() {
            return "an example";
        }

        @Override
        public List<Placement> placements() {
            return List.of(Placement.FREE, Placement.APART);
        }

        @Override
        public List<Metric> metrics() {
            return List.of(new Metric("call", "a call", Unit.TIME, Goal.atMostTimes(1, "peer")));
        }

        @Override
        public List<Program> programs(Setup setup, Placement placement) {
            return List.of();
        }
    }
}
