package io.muster.shared.death;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ipc.sync.SharedBarrier;
import io.muster.ipc.sync.SharedCountDownLatch;
import io.muster.ipc.sync.SharedSignal;
import io.muster.testing.HangDump;
import io.muster.testing.Processes;
import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where several meet: one is killed in a barrier's action, or before it has counted down. */
@ExtendWith(HangDump.class)
class MeetingsTest {
    @AfterEach
    void endAll() {
        ChildProcess.activeChildren().forEach(ChildProcess::kill);
    }

    @Test
    void whoIsKilledInTheActionOfABarrierBreaksIt() throws Exception {
        try (SharedBarrier barrier = SharedBarrier.create(2);
                SharedSignal inside = SharedSignal.create()) {
            Thread killer = Things.thread("killer", () -> {
                assertTrue(inside.await(Things.LONG));
                ChildProcess.activeChildren().forEach(ChildProcess::kill);
            });
            ChildProcess.named("tripper").heap("32m").daemon(true).start(() -> {
                while (barrier.waiting() == 0) {
                    Thread.onSpinWait();
                }
                barrier.await(() -> {
                    inside.post();
                    Processes.waitForEver();
                });
            });
            assertThrows(BrokenBarrierException.class, () -> barrier.await(Things.LONG));
            killer.join();
            barrier.reset();
            assertFalse(barrier.isBroken());
        }
    }

    @Test
    void aLatchDoesNotKnowItsPartiesAndCountsOnlyWhatIsCounted() throws Exception {
        try (SharedCountDownLatch latch = SharedCountDownLatch.create(2);
                SharedSignal counted = SharedSignal.create()) {
            ChildProcess one = ChildProcess.named("one")
                    .heap("32m")
                    .daemon(true)
                    .start(() -> {
                        latch.countDown();
                        counted.post();
                        latch.await();
                    });
            assertTrue(counted.await(Things.LONG));
            one.kill();
            one.join();
            assertEquals(1, latch.getCount(), "what the dead has counted is counted, and nothing else");
            assertFalse(latch.await(Duration.ofMillis(20)));
            latch.countDown();
            latch.await();
        }
    }
}
