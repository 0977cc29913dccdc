package io.muster.ipc.wait;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits in tests for what must come about: with a limit that only a hang reaches. */
public final class Eventually {
    private static final long LIMIT_NANOS = 30_000_000_000L;

    private Eventually() {}

    public static void until(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > LIMIT_NANOS) {
                fail("not within 30 s: " + what + "\n" + stacks());
            }
            LockSupport.parkNanos(200_000);
        }
    }

    public static void joined(Thread thread) {
        try {
            thread.join(LIMIT_NANOS / 1_000_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (thread.isAlive()) {
            fail(thread + " did not end within 30 s\n" + stacks());
        }
    }

    private static String stacks() {
        StringBuilder text = new StringBuilder();
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            text.append(thread).append('\n');
            for (StackTraceElement frame : stack) {
                text.append("    ").append(frame).append('\n');
            }
        });
        return text.toString();
    }
}
