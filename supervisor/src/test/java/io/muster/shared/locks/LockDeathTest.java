package io.muster.shared.locks;

import static io.muster.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ipc.sync.AbandonedOwner;
import io.muster.ipc.sync.Held;
import io.muster.ipc.sync.SharedBinarySemaphore;
import io.muster.ipc.sync.SharedCondition;
import io.muster.ipc.sync.SharedLock;
import io.muster.remote.RemoteRunnable;
import io.muster.testing.HangDump;
import io.muster.testing.Lines;
import io.muster.testing.Processes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the living see of a lock whose owner, or of a condition whose waiter, is killed or stopped. */
@ExtendWith(HangDump.class)
class LockDeathTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** Of a handover after a death; what is promised is far less, on a machine that has time. */
    private static final Duration SOON = Duration.ofSeconds(2);

    private final Lines lines = new Lines();
    private final SharedCondition condition = SharedCondition.create();
    private final SharedLock lock = condition.lock();

    private ChildProcess child(String name, RemoteRunnable target) {
        return ChildProcess.named(name).heap("32m").daemon(true).onLine(lines).start(target);
    }

    @AfterEach
    void endAll() {
        ChildProcess.activeChildren().forEach(ChildProcess::kill);
        condition.close();
    }

    private ChildProcess childThatHolds() {
        SharedLock shared = lock;
        ChildProcess child = child("owner", () -> {
            Thread.currentThread().setName("writer");
            shared.lock();
            System.out.println("token " + shared.fencingToken());
            Processes.waitForEver();
        });
        lines.await("token");
        return child;
    }

    @Test
    void whoWaitsForAnOwnerThatIsKilledGetsTheLockAndIsTold() throws Exception {
        ChildProcess owner = childThatHolds();
        assertTrue(lock.toString().contains("'owner' (pid " + owner.pid() + ", live)"), lock::toString);
        assertTrue(lock.toString().contains("'writer'"), lock::toString);
        CompletableFuture<AbandonedOwner> waiter = CompletableFuture.supplyAsync(() -> {
            try (Held held = lock.hold()) {
                return held.abandonedOwner().orElseThrow();
            }
        });
        assertFalse(lock.tryLock(Duration.ofMillis(20)));
        Processes.signal(owner.pid(), "KILL");
        owner.join();
        AbandonedOwner told = waiter.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
        assertEquals("owner", told.party());
        assertEquals(owner.pid(), told.pid().orElseThrow());
        assertEquals(Long.parseLong(lines.await("token")), told.token());
        try (Held held = lock.hold()) {
            assertTrue(held.abandonedOwner().isEmpty(), "it was unlocked in order");
            assertTrue(held.token() > told.token() + 1);
        }
    }

    @Test
    void anotherProcessThatWaitsIsWokenToo() {
        ChildProcess owner = childThatHolds();
        SharedLock shared = lock;
        child("heir", () -> {
            System.out.println("waits 1");
            try (Held held = shared.hold()) {
                System.out.println("told " + held.abandonedOwner().orElseThrow().party());
            }
        });
        lines.await("waits");
        Processes.signal(owner.pid(), "KILL");
        assertEquals("owner", lines.await("told"));
    }

    @Test
    void anOwnerThatIsStoppedIsNotRobbed() throws Exception {
        SharedLock shared = lock;
        ChildProcess owner = child("owner", () -> {
            try (Held held = shared.hold()) {
                System.out.println("held " + held.token());
                System.in.read();
                TimeUnit.MILLISECONDS.sleep(50);
                System.out.println("still " + shared.isHeldByCurrentThread());
            }
        });
        lines.await("held");
        Processes.signal(owner.pid(), "STOP");
        for (int i = 0; i < 3; i++) {
            assertFalse(lock.tryLock(Duration.ofMillis(300)), "robbed");
        }
        Processes.signal(owner.pid(), "CONT");
        assertTrue(lock.tryLock(LIMIT));
        assertTrue(lock.abandonedOwner().isEmpty());
        lock.unlock();
        assertEquals("true", lines.await("still"));
    }

    private ChildProcess childThatWaits(String name) {
        SharedCondition shared = condition;
        int before = condition.waiters();
        ChildProcess child = child(name, () -> {
            try (Held held = shared.lock().hold()) {
                shared.await();
                System.out.println(name + " through " + (held.token() > 0));
            }
        });
        eventually(() -> condition.waiters() == before + 1, () -> name + " waits: " + condition);
        return child;
    }

    private int signal(int count) {
        try (Held held = lock.hold()) {
            assertTrue(held.token() > 0);
            return condition.signal(count);
        }
    }

    @Test
    void aWaiterThatIsKilledIsForgotten() throws Exception {
        ChildProcess dead = childThatWaits("dead");
        childThatWaits("living");
        Processes.signal(dead.pid(), "KILL");
        dead.join();
        eventually(() -> condition.waiters() == 1, condition::toString);
        assertEquals(1, signal(5));
        lines.await("living through");
        assertEquals(0, signal(5));
    }

    @Test
    void aNotificationForOneThatIsKilledGoesToAnother() {
        ChildProcess dead = childThatWaits("dead");
        childThatWaits("second");
        childThatWaits("third");
        Processes.signal(dead.pid(), "STOP");
        eventually(() -> Processes.isStopped(dead.pid()), () -> "stopped");
        assertEquals(1, signal(1));
        assertEquals(2, condition.waiters(), "what is meant for one that is stopped stays with it");
        Processes.signal(dead.pid(), "KILL");
        lines.await("second through");
        assertEquals(1, condition.waiters());
        assertEquals(1, signal(1));
        lines.await("third through");
    }

    @Test
    void aSemaphoreIsReleasedByAnotherProcessAndTakenOverFromTheDead() throws Exception {
        try (SharedBinarySemaphore semaphore = SharedBinarySemaphore.create()) {
            semaphore.acquire();
            child("releaser", () -> {
                semaphore.release();
                System.out.println("released 1");
            });
            lines.await("released");
            assertThrows(IllegalStateException.class, semaphore::release);
            ChildProcess owner = child("owner", () -> {
                semaphore.acquire();
                System.out.println("held 1");
                Processes.waitForEver();
            });
            lines.await("held");
            assertFalse(semaphore.tryAcquire(Duration.ofMillis(20)));
            Processes.signal(owner.pid(), "KILL");
            assertTrue(semaphore.tryAcquire(LIMIT));
            assertEquals(
                    owner.pid(), semaphore.abandonedOwner().orElseThrow().pid().orElseThrow());
            semaphore.release();
        }
    }

    @Test
    void closingReachesWaitersInOtherProcesses() {
        SharedLock closing = SharedLock.create();
        closing.lock();
        child("waiter", () -> {
            System.out.println("waits 1");
            try {
                closing.lock();
            } catch (io.muster.ipc.memory.ClosedObjectException e) {
                System.out.println("closed 1");
            }
        });
        lines.await("waits");
        closing.close();
        lines.await("closed");
    }
}
