package io.muster.ipc.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Ten thousand virtual threads wait, and the JVM goes on. */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads came with 21")
class VirtualThreadSyncTest {
    private static final int MANY = 10_000;

    /** By reflection, as this is compiled for 17. */
    private static void startVirtual(Runnable body) {
        try {
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, body);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertOthersRun() {
        AtomicInteger ran = new AtomicInteger();
        startVirtual(ran::incrementAndGet);
        Threads.until("another virtual thread runs", () -> ran.get() == 1);
    }

    @Test
    void anEventLetsThemAllGo() {
        AtomicInteger came = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        try (SharedEvent event = SharedEvent.create()) {
            for (int i = 0; i < MANY; i++) {
                startVirtual(() -> {
                    came.incrementAndGet();
                    event.awaitUninterruptibly();
                    done.incrementAndGet();
                });
            }
            Threads.until("all came", () -> came.get() == MANY);
            assertOthersRun();
            assertEquals(0, done.get());
            event.set();
            Threads.until("all went", () -> done.get() == MANY);
        }
    }

    @Test
    void aSemaphoreServesThemAll() {
        AtomicInteger done = new AtomicInteger();
        try (SharedSemaphore semaphore = SharedSemaphore.create(0)) {
            for (int i = 0; i < MANY; i++) {
                startVirtual(() -> {
                    semaphore.acquireUninterruptibly();
                    done.incrementAndGet();
                    semaphore.release();
                });
            }
            assertOthersRun();
            semaphore.release(2);
            Threads.until("all were served", () -> done.get() == MANY);
            Threads.until("all is given back", () -> semaphore.availablePermits() == 2);
        }
    }

    @Test
    void aReadWriteLockServesThemAll() {
        AtomicInteger done = new AtomicInteger();
        try (SharedReadWriteLock lock = SharedReadWriteLock.create()) {
            lock.writeLock().lock();
            for (int i = 0; i < MANY; i++) {
                boolean writes = i % 100 == 0;
                startVirtual(() -> {
                    var mine = writes ? lock.writeLock() : lock.readLock();
                    mine.lock();
                    done.incrementAndGet();
                    mine.unlock();
                });
            }
            assertOthersRun();
            assertEquals(0, done.get());
            lock.writeLock().unlock();
            Threads.until("all were served", () -> done.get() == MANY);
        }
    }
}
