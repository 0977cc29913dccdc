package io.muster.ipc.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers that share a directory but not their pids: there the kernel's lock is the only witness. */
class PidNamespaceTest {
    @TempDir
    Path dir;

    @BeforeEach
    void canMakeNamespaces() {
        Superuser.assumeAble("make pid namespaces", "unshare", "-p", "-f", "--mount-proc", "true");
    }

    private TestJvm startInside() {
        return TestJvm.start(dir, "unshare", "-p", "-f", "--mount-proc");
    }

    @Test
    void livingSessionOfAnotherNamespaceIsNotSweptAndADeadOneIs() {
        try (TestJvm inside = startInside();
                TestJvm outside = TestJvm.start(dir)) {
            Path path = Path.of(inside.ask("path"));
            outside.ask("path");
            assertEquals("0 []", outside.ask("sweep"));
            assertTrue(Files.exists(path));
            inside.killAndAwaitEnd();
            sweepUntilGone(outside, path);
        }
    }

    /** The JVM inside may end a moment after {@code unshare}. */
    private static void sweepUntilGone(TestJvm sweeper, Path path) {
        long start = System.nanoTime();
        while (Files.exists(path)) {
            sweeper.ask("sweep");
            assertTrue(System.nanoTime() - start < 30_000_000_000L, "still there: " + path);
            LockSupport.parkNanos(10_000_000); // between looks
        }
    }

    @Test
    void partiesOfDifferentNamespacesJudgeEachOtherByTheLock() {
        try (TestJvm root = TestJvm.start(dir);
                TestJvm inside = startInside();
                TestJvm bystander = TestJvm.start(dir)) {
            long id = root.askNumber("reserve inside");
            inside.ask("inherit " + root.ask("path") + " " + id);
            assertEquals(id, inside.askNumber("self"));
            assertEquals("ALIVE", root.ask("judge " + id));
            assertEquals("ALIVE", inside.ask("judge " + root.ask("self")));
            long rootId = root.askNumber("self");
            Path path = Path.of(root.ask("path"));
            root.killAndAwaitEnd();
            assertEquals("DEAD", inside.ask("judge " + rootId));
            assertEquals("0 []", bystander.ask("sweep"));
            inside.send("leave-and-halt");
            inside.awaitEnd();
            assertFalse(Files.exists(path));
        }
    }

    @Test
    void samePidInAnotherNamespaceIsNotMistakenForTheDeadOne() {
        // Both are pid 1 of their namespaces.
        try (TestJvm first = startInside()) {
            Path path = Path.of(first.ask("path"));
            assertTrue(path.getFileName().toString().startsWith("session-1-"), path.toString());
            first.killAndAwaitEnd();
            try (TestJvm second = startInside()) {
                second.ask("path");
                sweepUntilGone(second, path);
            }
        }
    }

    @Test
    void processThatCannotBeLookedUpIsJudgedByItsLock() {
        // Without a /proc of its own it sees the pids of the namespace outside.
        try (TestJvm root = TestJvm.start(dir, "unshare", "-p", "-f")) {
            long id = root.askNumber("reserve child");
            try (TestJvm child = TestJvm.start(dir)) {
                child.ask("inherit " + root.ask("path") + " " + id);
                child.ask("self");
                assertEquals("ALIVE", root.ask("judge " + id));
                child.killAndAwaitEnd();
                assertEquals("DEAD", root.ask("judge " + id));
            }
        }
    }
}
