package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.muster.ipc.sync.Threads;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Ten thousand virtual threads wait for items, or for room, and the JVM goes on. */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads came with 21")
class VirtualThreadQueueTest {
    private static final int MANY = 10_000;

    /** By reflection, as this is compiled for 17. */
    private static void startVirtual(Threads.Body body) {
        Runnable runnable = () -> {
            try {
                body.run();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        };
        try {
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, runnable);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void eachOfThemGetsOneItem() {
        AtomicLong sum = new AtomicLong();
        AtomicInteger done = new AtomicInteger();
        try (SharedQueue<Integer> queue = SharedQueue.create(100)) {
            for (int i = 0; i < MANY; i++) {
                startVirtual(() -> {
                    sum.addAndGet(queue.take());
                    done.incrementAndGet();
                });
            }
            AtomicInteger ran = new AtomicInteger();
            startVirtual(ran::incrementAndGet);
            Threads.until("another virtual thread runs", () -> ran.get() == 1);
            for (int i = 0; i < MANY; i++) {
                int item = i;
                startVirtual(() -> queue.put(item));
            }
            Threads.until("all have one", () -> done.get() == MANY);
            assertEquals((long) MANY * (MANY - 1) / 2, sum.get());
            assertEquals(0, queue.size());
        }
    }
}
