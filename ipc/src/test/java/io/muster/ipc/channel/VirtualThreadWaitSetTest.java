package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.muster.ipc.sync.SharedEvent;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Virtual threads wait for many things, many at once, and the JVM goes on. */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads came with 21")
class VirtualThreadWaitSetTest {
    private static final int MANY = 1_000;

    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    /** By reflection, as this is compiled for 17. */
    private static void startVirtual(Runnable body) {
        try {
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, body);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitIn(WaitSet set) {
        try {
            waiting.incrementAndGet();
            if (set.await().size() == 1) {
                done.incrementAndGet();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void assertAllWaitAndOthersRun() {
        Background.until("all came", () -> waiting.get() == MANY);
        AtomicInteger ran = new AtomicInteger();
        startVirtual(ran::incrementAndGet);
        Background.until("another virtual thread runs", () -> ran.get() == 1);
        assertEquals(0, done.get());
    }

    @Test
    void eachWithASetOfItsOwn() {
        try (SharedEvent event = SharedEvent.create()) {
            for (int i = 0; i < MANY; i++) {
                startVirtual(() -> {
                    try (WaitSet set = WaitSet.create()) {
                        set.add(event);
                        awaitIn(set);
                    }
                });
            }
            assertAllWaitAndOthersRun();
            event.set();
            Background.until("all went", () -> done.get() == MANY);
        }
    }

    @Test
    void allInOneSet() {
        try (SharedEvent event = SharedEvent.create();
                WaitSet set = WaitSet.create()) {
            set.add(event);
            for (int i = 0; i < MANY; i++) {
                startVirtual(() -> awaitIn(set));
            }
            assertAllWaitAndOthersRun();
            event.set();
            Background.until("all went", () -> done.get() == MANY);
        }
    }
}
