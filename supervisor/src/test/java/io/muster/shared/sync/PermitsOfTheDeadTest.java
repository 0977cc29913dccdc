package io.muster.shared.sync;

import static io.muster.shared.sync.Meeting.LONG;
import static io.muster.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ipc.sync.SharedSemaphore;
import io.muster.ipc.sync.SharedSignal;
import io.muster.testing.HangDump;
import io.muster.testing.Processes;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A holder of permits is killed, stopped, or loses its parent. */
@ExtendWith(HangDump.class)
class PermitsOfTheDeadTest {

    private static void holdForEver(SharedSemaphore semaphore, int permits, SharedSignal held)
            throws InterruptedException {
        semaphore.acquire(permits);
        held.post();
        Processes.waitForEver();
    }

    @Test
    void theyComeBackToWhoWaits() throws Exception {
        try (Meeting meeting = new Meeting();
                SharedSemaphore three = SharedSemaphore.create(3);
                SharedSignal held = SharedSignal.create()) {
            ChildProcess holder = meeting.startUntil(held, "holder", () -> holdForEver(three, 2, held));
            SharedSignal served = SharedSignal.create();
            ChildProcess waiter = meeting.startUntil(held, "waiter", () -> {
                held.post();
                three.acquire(3);
                served.post();
                three.release(3);
            });
            assertEquals(1, three.availablePermits());
            Meeting.kill(holder);
            assertTrue(served.await(LONG), three::toString);
            waiter.join();
            assertEquals(3, three.availablePermits());
            served.close();
        }
    }

    @Test
    void aWaiterThatIsKilledInTheLineHoldsNobodyUp() throws Exception {
        try (Meeting meeting = new Meeting();
                SharedSemaphore fair = SharedSemaphore.createFair(1);
                SharedSignal come = SharedSignal.create();
                SharedSignal served = SharedSignal.create()) {
            fair.acquire();
            ChildProcess first = meeting.startUntil(come, "first", () -> {
                come.post();
                fair.acquire();
                served.post();
            });
            ChildProcess second = meeting.startUntil(come, "second", () -> {
                come.post();
                fair.acquire();
                served.post();
                fair.release();
            });
            Meeting.kill(first);
            fair.release();
            assertTrue(served.await(LONG), fair::toString);
            if (second.isAlive()) {
                eventually(() -> fair.availablePermits() == 1, fair::toString);
            }
            assertEquals(1, fair.availablePermits());
        }
    }

    @Test
    void whoIsStoppedIsNotRobbed() throws Exception {
        try (Meeting meeting = new Meeting();
                SharedSemaphore one = SharedSemaphore.create(1);
                SharedSignal held = SharedSignal.create();
                SharedSignal goOn = SharedSignal.create()) {
            ChildProcess holder = meeting.startUntil(held, "holder", () -> {
                one.acquire();
                held.post();
                goOn.await();
                one.release();
            });
            Meeting.stop(holder);
            assertFalse(one.tryAcquire(Duration.ofMillis(700)), "a stopped holder was robbed");
            goOn.post();
            Meeting.goOn(holder);
            assertTrue(one.tryAcquire(LONG));
            one.release();
            holder.join();
            assertEquals(1, one.availablePermits());
        }
    }

    /** Nobody has seen the holder end, as its parent was killed before: who waits finds out by itself. */
    @Test
    void theyComeBackAlsoWhenNobodyAnnouncesTheDeath() throws Exception {
        try (Meeting meeting = new Meeting();
                SharedSemaphore one = SharedSemaphore.create(1);
                SharedSignal held = SharedSignal.create()) {
            ChildProcess parent = meeting.startParent("parent", () -> {
                ChildProcess.named("holder").heap("48m").start(() -> holdForEver(one, 1, held));
                Processes.waitForEver();
            });
            assertTrue(held.await(LONG));
            assertFalse(one.tryAcquire());
            Meeting.kill(parent);
            assertTrue(one.tryAcquire(LONG), one::toString);
        }
    }
}
