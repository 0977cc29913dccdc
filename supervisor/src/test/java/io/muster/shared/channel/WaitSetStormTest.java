package io.muster.shared.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ipc.channel.WaitSet;
import io.muster.ipc.data.SharedIntArray;
import io.muster.ipc.sync.SharedEvent;
import io.muster.ipc.sync.SharedSignal;
import io.muster.testing.HangDump;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Processes post to many signals and others wait for them in sets; all are killed at random moments for a minute. */
@Tag("storm")
@ExtendWith(HangDump.class)
@HangDump.Limit(seconds = 240)
class WaitSetStormTest {
    private static final Duration STORM = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int SIGNALS = 100;
    private static final int CHILDREN = 4;
    private static final int MOST_STARTS = 2_000;

    /** What the children share; each start has a number of its own to count at. */
    private record Things(List<SharedSignal> signals, SharedIntArray posted, SharedIntArray taken, SharedEvent stop)
            implements Serializable {

        void post(int self) {
            Random random = new Random(self);
            for (int count = 1; !stop.isSet(); count++) {
                signals.get(random.nextInt(SIGNALS)).post();
                posted.set(self, count);
                if (count % 200 == 0) {
                    Thread.yield();
                }
            }
        }

        void take(int self) throws InterruptedException {
            try (WaitSet set = WaitSet.create()) {
                set.add(stop);
                signals.forEach(set::add);
                int count = 0;
                while (!stop.isSet()) {
                    for (WaitSet.Key key : set.await()) {
                        if (key.source() instanceof SharedSignal signal && signal.tryAwait()) {
                            taken.set(self, ++count);
                        }
                    }
                }
            }
        }

        long sum(SharedIntArray counts) {
            long sum = 0;
            for (int i = 0; i < MOST_STARTS; i++) {
                sum += counts.get(i);
            }
            return sum;
        }

        long left() {
            return signals.stream().mapToLong(SharedSignal::count).sum();
        }
    }

    @Test
    void whoeverIsKilledTheOthersAreTold() throws Exception {
        List<SharedSignal> signals = new ArrayList<>();
        for (int i = 0; i < SIGNALS; i++) {
            signals.add(SharedSignal.create());
        }
        try (Company company = new Company();
                WaitSet set = WaitSet.create();
                SharedIntArray posted = SharedIntArray.create(MOST_STARTS);
                SharedIntArray taken = SharedIntArray.create(MOST_STARTS);
                SharedEvent stop = SharedEvent.create()) {
            Things things = new Things(signals, posted, taken, stop);
            signals.forEach(set::add);
            ChildProcess[] children = new ChildProcess[CHILDREN];
            Random random = new Random(3);
            int starts = 0;
            long own = 0;
            long killAt = System.nanoTime();
            long start = killAt;
            while (System.nanoTime() - start < STORM.toNanos() && starts < MOST_STARTS) {
                if (System.nanoTime() - killAt >= 0) {
                    int victim = random.nextInt(CHILDREN);
                    if (children[victim] != null && children[victim].isAlive()) {
                        Company.kill(children[victim]);
                    }
                    for (int i = 0; i < CHILDREN; i++) {
                        if (children[i] == null || !children[i].isAlive()) {
                            int self = starts++;
                            boolean posts = i % 2 == 0;
                            children[i] = company.start(
                                    "child-" + self, posts ? () -> things.post(self) : () -> things.take(self));
                        }
                    }
                    killAt = System.nanoTime() + random.nextInt(400) * 1_000_000L;
                }
                List<WaitSet.Key> ready = set.await(LONG);
                assertFalse(ready.isEmpty(), () -> "nothing for " + LONG + ", left " + things.left());
                for (WaitSet.Key key : ready) {
                    if (((SharedSignal) key.source()).tryAwait()) {
                        own++;
                    }
                }
            }
            stop.set();
            for (ChildProcess child : children) {
                assertTrue(child.join(LONG), () -> child + " hangs; " + company.said());
            }
            long others = own;
            while (things.left() > 0) {
                for (WaitSet.Key key : set.await(LONG)) {
                    while (((SharedSignal) key.source()).tryAwait()) {
                        own++;
                    }
                }
            }
            assertEquals(List.of(), set.await(Duration.ZERO));
            long difference = things.sum(posted) - things.sum(taken) - own;
            assertTrue(Math.abs(difference) <= starts, difference + " more posted than taken, " + starts + " starts");
            assertTrue(others > 1_000, "only " + others + " taken here");
        }
        signals.forEach(SharedSignal::close);
    }
}
