package io.muster.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.testing.DriverJvm;
import io.muster.testing.Eventually;
import io.muster.testing.HangDump;
import io.muster.testing.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** However a pool's owner ends, the workers follow and no file is left. */
@ExtendWith(HangDump.class)
class PoolOwnerTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    @TempDir
    Path sessions;

    @Test
    void workersGoWithAKilledOwner() throws Exception {
        try (DriverJvm owner = owner("wait")) {
            Set<Long> workers = workers(owner);
            owner.process().destroyForcibly().waitFor();
            Processes.awaitGone(A_SECOND, workers);
            awaitNoFiles();
        }
    }

    @Test
    void everythingKilledTogetherIsSweptByTheNextStart() throws Exception {
        try (DriverJvm owner = owner("wait")) {
            Set<Long> workers = workers(owner);
            workers.forEach(pid -> Processes.signal(pid, "STOP"));
            owner.process().destroyForcibly().waitFor();
            workers.forEach(pid -> Processes.signal(pid, "KILL"));
            Processes.awaitGone(A_SECOND, workers);
        }
        try (DriverJvm next = owner("exit")) {
            workers(next);
            assertTrue(next.process().waitFor(20, TimeUnit.SECONDS));
            awaitNoFiles();
        }
    }

    @Test
    void aPoolThatIsNeverClosedDoesNotKeepItsOwnerFromEnding() throws Exception {
        for (String how : List.of("exit", "return")) {
            try (DriverJvm owner = owner(how)) {
                Set<Long> workers = workers(owner);
                assertTrue(owner.process().waitFor(20, TimeUnit.SECONDS), how);
                assertEquals(how.equals("exit") ? 5 : 0, owner.process().exitValue());
                Processes.awaitGone(A_SECOND, workers);
                awaitNoFiles();
            }
        }
    }

    @Test
    void anOwnerThatEndsAtOnceLeavesNothingAndSaysNothing() throws Exception {
        try (DriverJvm owner = owner("at-once")) {
            assertTrue(owner.process().waitFor(20, TimeUnit.SECONDS));
            assertEquals(0, owner.process().exitValue());
            awaitNoFiles();
            assertEquals(List.of(), owner.lines().all());
        }
    }

    private DriverJvm owner(String how) {
        return new DriverJvm(sessions, PoolOwner.class, Map.of(), List.of("-Xmx64m"), how);
    }

    private static Set<Long> workers(DriverJvm owner) {
        return Set.of(owner.number("pool-1-worker-1"), owner.number("pool-1-worker-2"));
    }

    private void awaitNoFiles() {
        Eventually.eventually(() -> sessionFiles().isEmpty(), this::sessionFiles);
    }

    /** What lies in sessions, the directories that are kept for all of them left out. */
    private List<Path> sessionFiles() {
        try (var files = Files.walk(sessions, 3)) {
            return files.filter(file -> sessions.relativize(file).getNameCount() > 1)
                    .filter(file -> !Files.isDirectory(file)
                            || file.getFileName().toString().startsWith("session"))
                    .toList();
        } catch (IOException e) {
            return List.of(sessions); // it changes under our eyes
        }
    }
}
