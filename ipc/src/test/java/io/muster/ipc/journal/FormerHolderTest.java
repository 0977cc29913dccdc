package io.muster.ipc.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.muster.ipc.memory.TestJvm;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.table.AbstractTSQueueLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A writer died with Chronicle's lock in its hands, and another process has its pid now. */
@Timeout(60)
class FormerHolderTest {
    private static final long OWN_PID = ProcessHandle.current().pid();
    /** Many times what a turn of Chronicle's own timeout takes. */
    private static final long A_WHILE_MILLIS = 400;

    @TempDir
    Path temp;

    private Path path;

    @BeforeEach
    void make() {
        path = temp.resolve("journal");
        try (WorkQueue<String> queue = open()) {
            queue.append("a");
        }
    }

    private WorkQueue<String> open() {
        return WorkQueue.open(path, String.class);
    }

    private void setHolder(long pid) {
        try (SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(path.resolve("entries"))
                        .rollCycle(RollCycles.FAST_HOURLY)
                        .build();
                LongValue word =
                        queue.metaStore().doWithExclusiveLock(table -> table.acquireValueFor("chronicle.write.lock"))) {
            word.setVolatileValue(pid);
        }
    }

    private CompletableFuture<Void> append(String entry) {
        return CompletableFuture.runAsync(() -> {
            try (WorkQueue<String> queue = open()) {
                queue.append(entry);
            }
        });
    }

    private void assertHeld(String... entries) throws Exception {
        try (WorkQueue<String> queue = open()) {
            for (String each : entries) {
                Delivery<String> delivery = queue.poll();
                assertEquals(each, delivery.entry());
                delivery.ack();
            }
            assertEquals(0, queue.counts().open());
        }
    }

    @Test
    void aProcessThatHasNothingToDoWithTheJournalDoesNotHoldIt() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "60").start();
        try {
            setHolder(stranger.pid());
            append("b").get();
            try (WorkQueue<String> queue = open()) {
                setHolder(stranger.pid());
                queue.append("c");
            }
            assertHeld("a", "b", "c");
        } finally {
            stranger.destroyForcibly();
        }
    }

    /** As the first process of a container does that was killed and started again. */
    @Test
    void thisVeryProcessDoesNotHoldItBeforeItHasOpenedTheJournal() throws Exception {
        setHolder(OWN_PID);
        append("b").get();
        assertHeld("a", "b");
    }

    @Test
    void oneThatUsesTheJournalHoldsIt() throws Exception {
        try (TestJvm user = TestJvm.start(temp, PlaceUserMain.class)) {
            user.ask(path.resolve("place").toString());
            setHolder(user.pid());
            CompletableFuture<Void> append = append("b");
            assertThrows(TimeoutException.class, () -> append.get(A_WHILE_MILLIS, TimeUnit.MILLISECONDS));
            user.kill();
            append.get();
        }
        try (WorkQueue<String> queue = open()) {
            setHolder(OWN_PID);
            CompletableFuture<Void> append = append("c");
            assertThrows(TimeoutException.class, () -> append.get(A_WHILE_MILLIS, TimeUnit.MILLISECONDS));
            setHolder(AbstractTSQueueLock.UNLOCKED);
            append.get();
            queue.append("d");
        }
        assertHeld("a", "b", "c", "d");
    }

    /** What was held and what was locked is free; what was acknowledged stays so. */
    @Test
    void afterARebootEverybodyOfBeforeIsDead() throws Exception {
        try (TestJvm user = TestJvm.start(temp, PlaceUserMain.class);
                WorkQueue<String> queue = open()) {
            queue.append("b");
            assertEquals("a", queue.poll().entry());
            Delivery<String> done = queue.poll();
            assertEquals("b", done.entry());
            done.ack();
            user.ask(path.resolve("place").toString());
            setHolder(user.pid());
            Process copy = new ProcessBuilder(
                            "cp", "-r", path.toString(), temp.resolve("after").toString())
                    .start();
            assertEquals(0, copy.waitFor());
            setHolder(AbstractTSQueueLock.UNLOCKED);
            path = temp.resolve("after");
            try (RandomAccessFile table =
                    new RandomAccessFile(path.resolve("place").resolve("table").toFile(), "rw")) {
                table.seek(64); // The boot id.
                table.write(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
            }
            append("c").get();
            assertHeld("a", "c");
        }
    }
}
