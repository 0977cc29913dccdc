package io.muster.shared.death;

import static io.muster.testing.Eventually.eventually;
import static io.muster.testing.Eventually.within;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.testing.DriverJvm;
import io.muster.testing.HangDump;
import io.muster.testing.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The root is killed while its children and grandchildren use shared objects, wait for them, or are inside of them. */
@ExtendWith(HangDump.class)
class RootDeathTest {
    private static final Duration STORM = Duration.ofSeconds(60);
    /** One second is promised, on a machine that has time. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final String MARK = "MUSTER_TEST_FAMILY";

    @TempDir
    Path sessions;

    /** By which all its processes are known, as each inherits it. */
    private final String mark = UUID.randomUUID().toString();

    private DriverJvm root(String... args) {
        return new DriverJvm(sessions, Family.class, Map.of(MARK, mark), List.of("-Xmx64m"), args);
    }

    @Test
    void allHaltAndNothingStays() throws Exception {
        try (DriverJvm root = root()) {
            for (String name : List.of("user", "grandchild", "waiter", "inside")) {
                eventually(() -> root.lines().all().contains("runs " + name), root.lines()::all);
            }
            assertEquals(5, family().size(), () -> family().toString());
            root.process().destroyForcibly().waitFor();
            within(LIMIT, () -> family().isEmpty(), () -> "still there: " + family());
            eventually(() -> leftovers().isEmpty(), this::leftovers);
        }
    }

    @Tag("storm")
    @HangDump.Limit(seconds = 300)
    @Test
    void rootsKilledAgainAndAgainLeaveNoProcessAndNoFile() throws Exception {
        Random random = new Random(7);
        long start = System.nanoTime();
        int kills = 0;
        while (System.nanoTime() - start < STORM.toNanos()) {
            try (DriverJvm root = root()) {
                root.number("root");
                TimeUnit.MILLISECONDS.sleep(random.nextInt(2_500)); // the storm's pace: from before the first child on
                root.process().destroyForcibly().waitFor();
                within(LIMIT, () -> family().isEmpty(), () -> "still there: " + family());
                kills++;
            }
        }
        assertTrue(kills > 5, "only " + kills);
        try (DriverJvm next = root("leave")) {
            assertTrue(next.process().waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
            assertEquals(0, next.process().exitValue());
        }
        assertEquals(List.of(), leftovers());
    }

    /** All processes that carry the mark, but those that have ended and wait to be reaped. */
    private Set<Long> family() {
        Set<Long> found = new HashSet<>();
        for (ProcessHandle each : ProcessHandle.allProcesses().toList()) {
            if (environment(each.pid()).contains(MARK + "=" + mark) && Processes.isAlive(each.pid())) {
                found.add(each.pid());
            }
        }
        return found;
    }

    private static String environment(long pid) {
        try {
            return new String(Files.readAllBytes(Path.of("/proc/" + pid + "/environ")), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // ended, or another user's
        }
    }

    private List<String> leftovers() {
        List<String> left = new ArrayList<>();
        for (Path base : list(sessions)) {
            for (Path session : list(base)) {
                left.add(session.getFileName() + "" + list(session));
            }
        }
        return left;
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
