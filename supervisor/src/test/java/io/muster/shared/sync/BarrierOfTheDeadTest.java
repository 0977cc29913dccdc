package io.muster.shared.sync;

import static io.muster.shared.sync.Meeting.LONG;
import static io.muster.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ipc.data.SharedIntArray;
import io.muster.ipc.sync.SharedBarrier;
import io.muster.ipc.sync.SharedCountDownLatch;
import io.muster.ipc.sync.SharedSignal;
import io.muster.testing.HangDump;
import io.muster.testing.Processes;
import java.util.concurrent.BrokenBarrierException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Parties of a barrier are killed, stopped, or leave in order. */
@ExtendWith(HangDump.class)
class BarrierOfTheDeadTest {
    private static final int PASSES = 3_000;

    private static void step(SharedBarrier barrier, SharedIntArray steps, int self) throws Exception {
        try (barrier) {
            for (int pass = 0; pass < PASSES; pass++) {
                steps.set(self, pass);
                barrier.await();
                for (int other = 0; other < steps.length() - 1; other++) {
                    int at = steps.get(other);
                    if (at != pass && at != pass + 1) {
                        throw new AssertionError(at + " seen in pass " + pass);
                    }
                }
            }
            steps.set(self, PASSES);
        }
    }

    @Test
    void thousandsOfPassesInStep() throws Exception {
        try (Meeting meeting = new Meeting();
                SharedBarrier barrier = SharedBarrier.create(2);
                SharedIntArray steps = SharedIntArray.create(3);
                SharedCountDownLatch done = SharedCountDownLatch.create(2)) {
            for (int child = 0; child < 2; child++) {
                int self = child;
                meeting.start("party-" + child, () -> {
                    step(barrier, steps, self);
                    done.countDown();
                });
            }
            done.await();
            assertEquals(PASSES, steps.get(0));
            assertEquals(PASSES, steps.get(1));
            assertFalse(barrier.isBroken(), "broken by parties that had closed their handles");
        }
    }

    @Test
    void whoIsKilledWhileItWaitsBreaksIt() throws Exception {
        try (Meeting meeting = new Meeting();
                SharedBarrier barrier = SharedBarrier.create(3);
                SharedSignal broken = SharedSignal.create()) {
            ChildProcess victim = meeting.start("victim", () -> barrier.await());
            meeting.start("other", () -> {
                try {
                    barrier.await();
                } catch (BrokenBarrierException e) {
                    broken.post();
                }
            });
            eventually(() -> barrier.waiting() == 2, barrier::toString);
            Meeting.kill(victim);
            assertTrue(broken.await(LONG), barrier::toString);
            BrokenBarrierException told = assertThrows(BrokenBarrierException.class, barrier::await);
            assertTrue(told.getMessage().contains("'victim'"), told::getMessage);
        }
    }

    @Test
    void whoIsKilledBeforeItComesBreaksIt() throws Exception {
        try (Meeting meeting = new Meeting();
                SharedBarrier barrier = SharedBarrier.create(2);
                SharedSignal attached = SharedSignal.create()) {
            ChildProcess victim = meeting.startUntil(attached, "victim", () -> {
                barrier.parties();
                attached.post();
                Processes.waitForEver();
            });
            SharedSignal broken = SharedSignal.create();
            meeting.start("other", () -> {
                try {
                    barrier.await();
                } catch (BrokenBarrierException e) {
                    broken.post();
                }
            });
            eventually(() -> barrier.waiting() == 1, barrier::toString);
            Meeting.kill(victim);
            assertTrue(broken.await(LONG), barrier::toString);
            barrier.reset();
            ChildProcess again = meeting.start("again", () -> barrier.await());
            barrier.await(LONG);
            again.join();
            broken.close();
        }
    }

    @Test
    void whoEndsByItselfHasLeftAndWhoExitsHasNot() throws Exception {
        try (Meeting meeting = new Meeting();
                SharedBarrier barrier = SharedBarrier.create(2)) {
            for (int round = 0; round < 2; round++) {
                ChildProcess child = meeting.start("child-" + round, () -> barrier.await());
                barrier.await(LONG);
                child.join();
                assertFalse(barrier.isBroken());
            }
            meeting.start("exits", () -> {
                barrier.await();
                System.exit(0);
            });
            barrier.await(LONG);
            eventually(barrier::isBroken, barrier::toString);
        }
    }

    @Test
    void whoIsStoppedIsWaitedFor() throws Exception {
        try (Meeting meeting = new Meeting();
                SharedBarrier barrier = SharedBarrier.create(2);
                SharedSignal attached = SharedSignal.create();
                SharedSignal passed = SharedSignal.create()) {
            ChildProcess stopped = meeting.startUntil(attached, "stopped", () -> {
                attached.post();
                barrier.await();
                Processes.waitForEver();
            });
            eventually(() -> barrier.waiting() == 1, barrier::toString);
            Meeting.stop(stopped);
            meeting.start("other", () -> {
                barrier.await();
                passed.post();
                Processes.waitForEver();
            });
            assertTrue(passed.await(LONG), "a stopped party had come, so all had");
            Meeting.goOn(stopped);
            assertFalse(barrier.isBroken());
        }
    }
}
