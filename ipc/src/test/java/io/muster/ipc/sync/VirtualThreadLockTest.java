package io.muster.ipc.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Ten thousand virtual threads wait for a lock and in a condition, and the JVM goes on. */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads came with 21")
class VirtualThreadLockTest {
    private static final int MANY = 10_000;

    /** By reflection, as this is compiled for 17. */
    private static void startVirtual(Runnable body) {
        try {
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, body);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertOthersStillRun() {
        AtomicInteger ran = new AtomicInteger();
        startVirtual(ran::incrementAndGet);
        Tasks.until("another virtual thread runs", () -> ran.get() == 1);
    }

    @Test
    void waitForALock() {
        try (SharedLock lock = SharedLock.create()) {
            int[] count = new int[1];
            AtomicInteger begun = new AtomicInteger();
            lock.lock();
            for (int i = 0; i < MANY; i++) {
                startVirtual(() -> {
                    begun.incrementAndGet();
                    lock.lock();
                    count[0]++;
                    lock.unlock();
                });
            }
            Tasks.until("all wait", () -> begun.get() == MANY);
            assertOthersStillRun();
            assertEquals(0, count[0]);
            lock.unlock();
            Tasks.until("all had it", () -> {
                lock.lock();
                try {
                    return count[0] == MANY;
                } finally {
                    lock.unlock();
                }
            });
        }
    }

    @Test
    void waitInACondition() {
        try (SharedCondition condition = SharedCondition.create(MANY)) {
            AtomicInteger through = new AtomicInteger();
            for (int i = 0; i < MANY; i++) {
                startVirtual(() -> {
                    condition.lock().lock();
                    try {
                        condition.awaitUninterruptibly();
                        through.incrementAndGet();
                    } finally {
                        condition.lock().unlock();
                    }
                });
            }
            Tasks.until("all wait", () -> condition.waiters() == MANY);
            assertOthersStillRun();
            assertEquals(100, signal(condition, 100));
            Tasks.until("a hundred are through", () -> through.get() == 100);
            assertEquals(MANY - 100, condition.waiters());
            assertEquals(MANY - 100, signal(condition, MANY));
            Tasks.until("all are through", () -> through.get() == MANY);
        }
    }

    private static int signal(SharedCondition condition, int most) {
        condition.lock().lock();
        try {
            return condition.signal(most);
        } finally {
            condition.lock().unlock();
        }
    }
}
