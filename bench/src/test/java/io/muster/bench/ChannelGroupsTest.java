package io.muster.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.bench.harness.Group;
import io.muster.bench.harness.Launches;
import io.muster.bench.harness.Placement;
import io.muster.bench.harness.Results;
import io.muster.bench.harness.Series;
import io.muster.bench.harness.Setup;
import io.muster.bench.harness.Tools;
import io.muster.bench.harness.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A launch of a few rounds: all programs of the groups run and measure what the groups ask for. */
@Timeout(400)
class ChannelGroupsTest {
    @AfterEach
    void nothingIsLeft() throws Exception {
        try (Stream<ProcessHandle> children = ProcessHandle.current().children()) {
            assertEquals(0, children.filter(ProcessHandle::isAlive).count());
        }
    }

    @Test
    void pipesAndTheirPeersAreMeasured() throws Exception {
        Results results = measure(new PipeGroup());

        assertMeasured(results, Placement.FREE, "awake", Group.MUSTER, "Muster, spinning", "Unix socket");
        assertMeasured(results, Placement.FREE, "awake-object", Group.MUSTER);
        assertMeasured(results, Placement.FREE, "asleep", Group.MUSTER, "Unix socket");
        assertMeasured(results, Placement.FREE, "one-way", Group.MUSTER, "Muster, to a handler", "Unix socket");
        assertMeasured(results, Placement.FREE, "one-way-objects", Group.MUSTER);
        assertMeasured(results, Placement.FREE, "allocated", Group.MUSTER);
        assumeTrue(results.skipped().isEmpty(), results.skipped()::toString);
        assertMeasured(results, Placement.APART, "asleep", Group.MUSTER, "Unix socket", "C futex", "Python Pipe");
        assertMeasured(
                results,
                Placement.FREE,
                "awake",
                "Agrona ring",
                "Aeron IPC",
                "Chronicle Queue",
                "C spin",
                "Python Pipe");
        assertMeasured(
                results, Placement.FREE, "one-way", "Agrona ring", "Aeron IPC", "Chronicle Queue", "Python Pipe");
    }

    @Test
    void queuesAndTheirPeersAreMeasured() throws Exception {
        Results results = measure(new QueueGroup());

        for (String metric : List.of("1:1", "2:2", "round-trip")) {
            assertMeasured(results, Placement.FREE, metric, Group.MUSTER, "ArrayBlockingQueue, threads");
        }
        assumeTrue(results.skipped().isEmpty(), results.skipped()::toString);
        assertMeasured(results, Placement.FREE, "1:1", "Chronicle Queue", "Python Queue");
        assertMeasured(results, Placement.FREE, "2:2", "Python Queue");
        assertMeasured(results, Placement.FREE, "round-trip", "Chronicle Queue", "Python Queue");
    }

    @Test
    void journalsAndTheirPeerAreMeasured() throws Exception {
        Results results = measure(new JournalGroup());

        assumeTrue(results.skipped().isEmpty(), results.skipped()::toString);
        assertMeasured(results, Placement.FREE, "append", Group.MUSTER, "Chronicle Queue");
        assertMeasured(results, Placement.FREE, "work", Group.MUSTER);
        assertMeasured(results, Placement.FREE, "stall", Group.MUSTER);
        assertMeasured(results, Placement.FREE, "claims", Group.MUSTER);
    }

    /** A peer may be missing on this machine, but none that is here may fail. */
    private static Results measure(Group group) throws Exception {
        Set<String> before = inMemory();
        Results results;
        try (Workspace workspace = Workspace.create()) {
            Setup setup = new Setup(Setup.Effort.TINY, Tools.find(), workspace);
            results = new Launches(setup, 1, progress -> {}).measure(group);
        }
        assertEquals(List.of(), results.failures());
        assertEquals(
                List.of(),
                results.skipped().stream().filter(ChannelGroupsTest::isNoLack).toList());
        assertEquals(before, inMemory());
        return results;
    }

    private static boolean isNoLack(String skipped) {
        return !skipped.contains("is not installed")
                && !skipped.contains("its library is not there")
                && !skipped.contains("there is one CPU only");
    }

    private static void assertMeasured(Results results, Placement placement, String metric, String... contestants) {
        Map<String, Series> found = results.of(placement, metric);
        List<String> missing = new ArrayList<>(List.of(contestants));
        missing.removeAll(found.keySet());
        assertTrue(missing.isEmpty(), metric + " " + placement + ": " + missing + " not in " + found.keySet());
    }

    private static Set<String> inMemory() throws Exception {
        Path memory = Path.of("/dev/shm");
        if (!Files.isDirectory(memory)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(memory)) {
            return Set.copyOf(files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("muster-bench-"))
                    .toList());
        }
    }
}
