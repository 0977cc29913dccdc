package io.muster.ipc.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at random moments of joining, on children and on whole trees: what only the real kernel can show. */
@Tag("storm")
class PlaceStormTest {
    private static final int CHILDREN = 60;
    private static final int TREES = 10;

    private final Random random = new Random(42);

    @TempDir
    Path dir;

    @Test
    void everyKilledChildIsDeadOnceAndTheRootGoesOn() {
        try (TestJvm root = TestJvm.start(dir)) {
            String path = root.ask("path");
            for (int i = 0; i < CHILDREN; i++) {
                long id = root.askNumber("reserve child-" + i);
                try (TestJvm child = TestJvm.start(dir)) {
                    child.send("inherit " + path + " " + id);
                    child.send("self");
                    LockSupport.parkNanos(random.nextInt(120_000_000)); // killed at any moment of its start
                    child.killAndAwaitEnd();
                }
                assertEquals("DEAD", root.ask("reaped " + id));
                assertEquals(i + 1, root.askNumber("deaths"));
            }
            root.send("exit");
            root.awaitEnd();
            assertTrue(Files.notExists(Path.of(path)));
        }
    }

    @Test
    void treesKilledInAnyOrderLeaveNothing() {
        List<Path> paths = new ArrayList<>();
        for (int i = 0; i < TREES; i++) {
            try (TestJvm root = TestJvm.start(dir);
                    TestJvm child = TestJvm.start(dir);
                    TestJvm other = TestJvm.start(dir)) {
                paths.add(Path.of(root.ask("path")));
                for (TestJvm jvm : List.of(child, other)) {
                    jvm.send("inherit " + root.ask("path") + " " + root.ask("reserve child"));
                    jvm.send("self");
                }
                List<TestJvm> all = new ArrayList<>(List.of(root, child, other));
                Collections.shuffle(all, random);
                for (TestJvm jvm : all) {
                    LockSupport.parkNanos(random.nextInt(50_000_000)); // killed at any moment
                    jvm.kill();
                }
            }
        }
        try (TestJvm last = TestJvm.start(dir)) {
            last.ask("path");
            for (Path path : paths) {
                assertTrue(Files.notExists(path), () -> "left: " + path);
            }
        }
    }
}
