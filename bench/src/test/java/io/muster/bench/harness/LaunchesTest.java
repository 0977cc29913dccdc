package io.muster.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LaunchesTest {
    private static final List<String> GOOD = List.of("printf", "speed\\tMuster\\t1 2 3\\n");
    private static final List<String> BAD = List.of("sh", "-c", "echo no luck >&2; exit 3");

    @Test
    void launchesEachProgramAgainAndAgain() throws Exception {
        Results results = measure(new ArrayList<>(), Program.own("good", GOOD));

        assertEquals(3, results.of(Placement.FREE, "speed").get(Group.MUSTER).launches());
    }

    @Test
    void aProgramOfOursThatFailsIsAFailureAndIsNotLaunchedAgain() throws Exception {
        List<String> progress = new ArrayList<>();

        Results results = measure(progress, Program.own("bad", BAD), Program.own("good", GOOD));

        assertEquals(List.of("bad (free): exit 3; no luck"), results.failures());
        assertEquals(4, progress.size(), progress.toString());
    }

    @Test
    void aPeerThatFailsIsLeftOutAndSaid() throws Exception {
        Results results = measure(new ArrayList<>(), Program.peer("bad", BAD), Program.own("good", GOOD));

        assertEquals(List.of(), results.failures());
        assertEquals(List.of("bad (free): exit 3; no luck"), List.copyOf(results.skipped()));
        assertEquals(3, results.of(Placement.FREE, "speed").get(Group.MUSTER).launches());
    }

    @Test
    void aPeerThatDoesNotCompileIsLeftOutAndSaid() throws Exception {
        try (Workspace workspace = Workspace.create()) {
            String why = "";
            try {
                workspace.compiledJava("no-such.jar", "RingPeer.java");
            } catch (java.io.IOException e) {
                why = e.getMessage();
            }
            assertTrue(why.startsWith("RingPeer.java cannot be compiled: ") && why.contains("org.agrona"), why);
        }
    }

    private static Results measure(List<String> progress, Program... programs) throws Exception {
        try (Workspace workspace = Workspace.create()) {
            Setup setup = new Setup(Setup.Effort.TINY, Tools.find(), workspace);
            return new Launches(setup, 3, progress::add).measure(new OneGroup(List.of(programs)));
        }
    }

    private record OneGroup(List<Program> programs) implements Group {
        @Override
        public String name() {
            return "one";
        }

        @Override
        public String description() {
            return "";
        }

        @Override
        public List<Placement> placements() {
            return List.of(Placement.FREE);
        }

        @Override
        public List<Metric> metrics() {
            return List.of(new Metric("speed", "speed", Unit.TIME, Goal.none()));
        }

        @Override
        public List<Program> programs(Setup setup, Placement placement) {
            return programs;
        }
    }
}
