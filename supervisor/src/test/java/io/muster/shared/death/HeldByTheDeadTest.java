package io.muster.shared.death;

import static io.muster.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ipc.Manager;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.testing.DriverJvm;
import io.muster.testing.HangDump;
import io.muster.testing.Processes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * One process holds a lock, a binary semaphore, a read-write lock as writer and another as reader, permits, is inside a map's
 * function, in mid-change of a list, waits in a condition (and is notified) and at a barrier. It is stopped, and nobody gets
 * anything; then it is killed, and everybody gets all: whoever is there to see it die.
 */
@ExtendWith(HangDump.class)
class HeldByTheDeadTest {
    @TempDir
    Path temp;

    @AfterEach
    void endAll() {
        ChildProcess.activeChildren().forEach(ChildProcess::kill);
    }

    /** The list may be locked or not when its writer is stopped: it is closed at once, or a moment later. */
    @Test
    void closingIsNotHeldUpByOneThatIsStopped() throws Exception {
        Things things = Things.create();
        ChildProcess holder =
                ChildProcess.named("holder").heap("48m").daemon(true).start(things::holdAll);
        long pid = things.awaitHeld();
        stop(pid);
        try {
            things.close();
            assertThrows(ClosedObjectException.class, () -> things.list().add(1L));
            assertThrows(ClosedObjectException.class, () -> things.map().put("k", 3L));
            assertThrows(ClosedObjectException.class, () -> things.lock().lock());
            assertThrows(ClosedObjectException.class, () -> things.permits().tryAcquire());
        } finally {
            Processes.signal(pid, "CONT");
        }
        assertTrue(holder.join(Things.LONG), "each of its threads finds what it uses closed");
    }

    private static void stop(long pid) {
        Processes.signal(pid, "STOP");
        eventually(() -> Processes.isStopped(pid), () -> pid + " was not stopped");
    }

    @Test
    void whereTheParentSeesItDie() throws Exception {
        try (Things things = Things.create()) {
            ChildProcess holder =
                    ChildProcess.named("holder").heap("48m").daemon(true).start(things::holdAll);
            long pid = things.awaitHeld();
            Waiters waiters = new Waiters(things);
            stop(pid);
            waiters.assertNotRobbed();
            Processes.signal(pid, "KILL");
            holder.join();
            waiters.assertServed(true, System.nanoTime());
            waiters.assertEventGoesOn();
        }
    }

    @Test
    void whereItsParentHasDiedBeforeAndNobodyAnnouncesIt() throws Exception {
        try (Things things = Things.create()) {
            ChildProcess parent = ChildProcess.named("parent").heap("48m").start(() -> {
                ChildProcess.named("holder").heap("48m").start(things::holdAll);
                Processes.waitForEver();
            });
            long pid = things.awaitHeld();
            Waiters waiters = new Waiters(things);
            stop(pid);
            parent.kill();
            try {
                parent.join();
                waiters.assertNotRobbed("barrier"); // of which its parent was a party, as it had the handle
            } finally {
                Processes.signal(pid, "KILL");
            }
            eventually(() -> !Processes.isAlive(pid), () -> pid + " was not killed");
            waiters.assertServed(true, System.nanoTime());
            waiters.assertEventGoesOn();
        }
    }

    @Test
    void whereTheyAreProgramsThatKnowNothingOfEachOther() throws Exception {
        Path place = temp.resolve("place");
        try (Manager manager = Manager.open(place);
                Things things = Things.of(manager);
                DriverJvm holder = new DriverJvm(
                        temp.resolve("sessions"), HolderMain.class, Map.of(), List.of("-Xmx64m"), place.toString())) {
            things.fill();
            long pid = things.awaitHeld();
            Waiters waiters = new Waiters(things);
            stop(pid);
            waiters.assertNotRobbed();
            holder.process().destroyForcibly().waitFor();
            waiters.assertServed(true, System.nanoTime());
            waiters.assertEventGoesOn();
        }
    }

    @Test
    void whoIsMerelyStoppedGoesOnUnharmedAndGivesBackInOrder() throws Exception {
        try (Things things = Things.create()) {
            ChildProcess holder =
                    ChildProcess.named("holder").heap("48m").daemon(true).start(things::holdAll);
            long pid = things.awaitHeld();
            Waiters waiters = new Waiters(things);
            stop(pid);
            waiters.assertNotRobbed();
            Processes.signal(pid, "CONT");
            things.letGo().set();
            things.barrier().await(Things.LONG);
            eventually(() -> things.condition().waiters() == 1, things.condition()::toString);
            things.condition().lock().lock();
            things.condition().signal();
            things.condition().lock().unlock();
            waiters.assertServed(false, System.nanoTime());
            assertTrue(holder.join(Things.LONG), things::toString);
            assertTrue(holder.exitStatus().orElseThrow().isSuccess(), holder::toString);
        }
    }
}
