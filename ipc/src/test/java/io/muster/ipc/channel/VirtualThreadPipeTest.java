package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.muster.ipc.sync.Threads;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Many virtual threads receive from one pipe without holding the few carriers. */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads came with 21")
class VirtualThreadPipeTest {
    private static final int MANY = 10_000;

    /** By reflection, as this is compiled for 17. */
    private static void startVirtual(Runnable body) {
        try {
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, body);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void tenThousandReceiversGetOneMessageEach() throws Exception {
        AtomicInteger waiting = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        AtomicLong sum = new AtomicLong();
        AtomicReference<Exception> failed = new AtomicReference<>();
        try (Pipe.OneWay pipe = Pipe.options().capacity(Pipe.LEAST_CAPACITY).makeOneWay()) {
            for (int i = 0; i < MANY; i++) {
                startVirtual(() -> {
                    waiting.incrementAndGet();
                    try {
                        sum.addAndGet((Integer) pipe.reader().recv());
                    } catch (Exception e) {
                        failed.set(e);
                    }
                    done.incrementAndGet();
                });
            }
            Threads.until("all wait", () -> waiting.get() == MANY);
            for (int i = 0; i < MANY; i++) {
                pipe.writer().send(i);
            }
            Threads.until("all have received", () -> done.get() == MANY);
            assertEquals(null, failed.get());
            assertEquals((long) MANY * (MANY - 1) / 2, sum.get());
        }
    }
}
