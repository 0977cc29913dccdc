package io.muster.ipc.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.table.AbstractTSQueueLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Chronicle's lock is held by real processes, which know nothing of it, and die. */
@Timeout(60)
class WriteLockTest {
    private static final byte[] PAYLOAD = {1, 2, 3};
    /** Many times what a look or a whole turn of Chronicle's own timeout takes. */
    private static final long A_WHILE_MILLIS = 400;

    @TempDir
    Path temp;

    private ChronicleLog log;
    private SingleChronicleQueue queue;
    private LongValue word;
    private Process holder;
    private final WriteLock lock = new WriteLock(pid -> true);

    @BeforeEach
    void open() {
        ChronicleRuntime.require("this test");
        Path directory = temp.resolve("entries");
        log = ChronicleLog.open(directory, Roll.HOUR, System::currentTimeMillis, pid -> true);
        queue = SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(RollCycles.FAST_HOURLY)
                .build();
        word = queue.metaStore().doWithExclusiveLock(table -> table.acquireValueFor("chronicle.write.lock"));
        lock.attach(queue);
    }

    @AfterEach
    void close() {
        if (holder != null) {
            holder.destroyForcibly();
        }
        word.close();
        lock.close();
        queue.close();
        log.close();
    }

    private void hold(long pid) {
        assertTrue(word.compareAndSwapValue(AbstractTSQueueLock.UNLOCKED, pid), "it is held by " + word);
    }

    private CompletableFuture<Long> append() {
        return CompletableFuture.supplyAsync(() -> log.append(0, PAYLOAD, PAYLOAD.length));
    }

    @Test
    void itIsTheWordThatChronicleLocks() {
        hold(ProcessHandle.current().pid());
        CompletableFuture<Long> append = append();
        assertThrows(TimeoutException.class, () -> append.get(A_WHILE_MILLIS, TimeUnit.MILLISECONDS));
        word.setVolatileValue(AbstractTSQueueLock.UNLOCKED);
        append.join();
        assertEquals(AbstractTSQueueLock.UNLOCKED, word.getVolatileValue());
    }

    @Test
    void aLiveHolderKeepsItAndADeadOneDoesNot() throws Exception {
        holder = new ProcessBuilder("sleep", "60").start();
        hold(holder.pid());
        CompletableFuture<Long> append = append();
        assertThrows(TimeoutException.class, () -> append.get(A_WHILE_MILLIS, TimeUnit.MILLISECONDS));
        assertFalse(lock.takeFromDead());
        assertEquals(holder.pid(), word.getVolatileValue());
        holder.destroyForcibly();
        append.join();
        assertEquals(AbstractTSQueueLock.UNLOCKED, word.getVolatileValue());
    }

    /** Chronicle alone would wait until somebody has waited for it. */
    @Test
    void aDeadHolderThatNobodyWaitsForDoesNotKeepIt() throws Exception {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 60 & echo $!; exec sleep 60").start();
        try {
            long pid = Long.parseLong(parent.inputReader().readLine());
            hold(pid);
            CompletableFuture<Long> append = append();
            assertThrows(TimeoutException.class, () -> append.get(A_WHILE_MILLIS, TimeUnit.MILLISECONDS));
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            append.join();
            assertTrue(ProcessHandle.of(pid).isPresent(), "somebody has waited for it");
        } finally {
            parent.descendants().forEach(ProcessHandle::destroyForcibly);
            parent.destroyForcibly().waitFor();
        }
    }

    @Test
    void itIsTakenOnce() throws Exception {
        holder = new ProcessBuilder("sleep", "60").start();
        hold(holder.pid());
        holder.destroyForcibly().waitFor();
        assertTrue(lock.takeFromDead());
        assertFalse(lock.takeFromDead());
    }

    @Test
    void aJournalIsOpenedWhileALiveProcessHoldsIt() throws Exception {
        holder = new ProcessBuilder("sleep", "60").start();
        hold(holder.pid());
        CompletableFuture<Long> append = CompletableFuture.supplyAsync(() -> {
            try (ChronicleLog other =
                    ChronicleLog.open(log.directory(), Roll.HOUR, System::currentTimeMillis, pid -> true)) {
                return other.append(0, PAYLOAD, PAYLOAD.length);
            }
        });
        assertThrows(TimeoutException.class, () -> append.get(A_WHILE_MILLIS, TimeUnit.MILLISECONDS));
        holder.destroyForcibly();
        long index = append.join();
        assertEquals(index, log.lastIndex());
    }
}
