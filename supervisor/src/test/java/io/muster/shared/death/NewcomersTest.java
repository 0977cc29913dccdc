package io.muster.shared.death;

import static io.muster.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.ChildProcess;
import io.muster.ipc.Manager;
import io.muster.ipc.data.SharedLongArray;
import io.muster.ipc.sync.Held;
import io.muster.ipc.sync.SharedLock;
import io.muster.ipc.sync.SharedSemaphore;
import io.muster.ipc.sync.SharedSignal;
import io.muster.remote.RemoteRunnable;
import io.muster.testing.DriverJvm;
import io.muster.testing.HangDump;
import io.muster.testing.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Processes that come where another has died: into its slot, under its pid, or just while it dies. */
@ExtendWith(HangDump.class)
class NewcomersTest {
    private static final Path LAST_PID = Path.of("/proc/sys/kernel/ns_last_pid");
    private static final int ROUNDS = 4;
    private static final int TOLD = 0;
    private static final int ROBBED = 1;
    private static final int TOKEN = 2;
    private static final int DEAD_TOKEN = 3;

    @TempDir
    Path temp;

    @AfterEach
    void endAll() {
        ChildProcess.activeChildren().forEach(ChildProcess::kill);
    }

    @Test
    void whoStartsWhileAnOwnerDiesTakesOverFromItAndRobsNobodyWhoLives() throws Exception {
        try (SharedLock lock = SharedLock.create();
                SharedLock others = SharedLock.create();
                SharedSemaphore permit = SharedSemaphore.create(1);
                SharedSignal come = SharedSignal.create();
                SharedSignal done = SharedSignal.create();
                SharedLongArray seen = SharedLongArray.create(4)) {
            others.lock();
            for (int round = 0; round < ROUNDS; round++) {
                ChildProcess owner = child("owner-" + round, () -> {
                    lock.lock();
                    seen.set(DEAD_TOKEN, lock.fencingToken());
                    permit.acquire();
                    come.post();
                    Processes.waitForEver();
                });
                assertTrue(come.await(Things.LONG));
                long token = seen.get(TOKEN);
                if (round == 0) {
                    owner.kill();
                }
                ChildProcess newcomer = child("newcomer-" + round, () -> {
                    come.post();
                    seen.set(ROBBED, others.tryLock(Duration.ofMillis(50)) ? 1 : 0);
                    try (Held held = lock.hold()) {
                        seen.set(TOLD, held.abandonedOwner().orElseThrow().token());
                        seen.set(TOKEN, held.token());
                    }
                    permit.acquire();
                    permit.release();
                    done.post();
                });
                if (round == 1) {
                    owner.kill();
                }
                assertTrue(come.await(Things.LONG));
                owner.kill();
                assertTrue(done.await(Things.LONG), () -> lock + " " + permit);
                newcomer.join();
                assertEquals(seen.get(DEAD_TOKEN), seen.get(TOLD), "told of another owner than the last");
                assertEquals(0, seen.get(ROBBED), "a lock of one who lives was taken");
                assertTrue(seen.get(TOKEN) > token, "tokens rise over deaths");
                assertEquals(1, permit.availablePermits());
            }
            assertTrue(others.isHeldByCurrentThread());
            others.unlock();
        }
    }

    private static ChildProcess child(String name, RemoteRunnable target) {
        return ChildProcess.named(name).heap("48m").daemon(true).start(target);
    }

    @Test
    void aProcessUnderThePidOfTheDeadIsNotTakenForIt() throws Exception {
        assumeTrue(Files.isWritable(LAST_PID), "needs to choose a pid, and may not write " + LAST_PID);
        Path place = temp.resolve("place");
        try (Manager manager = Manager.open(place);
                Things things = Things.of(manager);
                DriverJvm holder = new DriverJvm(
                        temp.resolve("sessions"), HolderMain.class, Map.of(), List.of("-Xmx64m"), place.toString())) {
            things.fill();
            long pid = things.awaitHeld();
            holder.process().destroyForcibly().waitFor();
            Process successor = startUnder(pid);
            try {
                assertEquals(pid, successor.pid());
                assertAllIsHad(things, pid);
                assertTrue(successor.isAlive());
            } finally {
                successor.destroyForcibly().waitFor();
            }
        }
    }

    private static void assertAllIsHad(Things things, long dead) throws InterruptedException {
        long seconds = Things.LONG.toSeconds();
        assertTrue(things.lock().tryLock(Things.LONG), things::toString);
        assertEquals(dead, things.lock().abandonedOwner().orElseThrow().pid().orElseThrow());
        assertTrue(things.binary().tryAcquire(Things.LONG), things::toString);
        assertTrue(things.written().readLock().tryLock(seconds, TimeUnit.SECONDS), things::toString);
        assertTrue(things.read().writeLock().tryLock(seconds, TimeUnit.SECONDS), things::toString);
        assertTrue(things.permits().tryAcquire(Things.PERMITS, Things.LONG), things::toString);
        assertThrows(BrokenBarrierException.class, () -> things.barrier().await(Things.LONG));
        assertEquals(1L, things.map().put("k", 2L));
        assertTrue(things.list().add(2L));
        eventually(() -> things.condition().waiters() == 0, things.condition()::toString);
    }

    /** Others start processes too, so that it takes some attempts. */
    private static Process startUnder(long pid) throws IOException {
        Process[] found = new Process[1];
        eventually(
                () -> {
                    Files.writeString(LAST_PID, Long.toString(pid - 1));
                    Process started = new ProcessBuilder("sleep", "300").start();
                    if (started.pid() == pid) {
                        found[0] = started;
                        return true;
                    }
                    assertFalse(started.destroyForcibly().waitFor() == 0);
                    return false;
                },
                () -> "no process got the pid " + pid);
        return found[0];
    }
}
