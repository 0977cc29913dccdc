package io.muster.internal.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What the tests' workers do. */
public final class Tasks {
    private Tasks() {}

    public static int increment(int value) {
        return value + 1;
    }

    public static long pid() {
        return ProcessHandle.current().pid();
    }

    public static String join(String first, Integer second) {
        return first + second;
    }

    public static String checked(String what) throws IOException {
        throw new IOException(what);
    }

    public static Integer unchecked(Integer value) {
        throw new IllegalArgumentException("bad " + value);
    }

    public static Integer uncheckedIfThree(Integer value) {
        if (value == 3) {
            throw new IllegalArgumentException("bad " + value);
        }
        return -value;
    }

    /** Until it is interrupted or killed. */
    public static void block() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.park();
        }
    }

    public static Integer blockAnd(Integer result) {
        block();
        return result;
    }

    /** The same, and says that it has begun. */
    public static Integer beginAndBlock(String file) throws IOException {
        touch(file);
        block();
        return 0;
    }

    public static Integer touchAndReturn(String file) throws IOException {
        touch(file);
        return 1;
    }

    private static void touch(String file) throws IOException {
        Files.createFile(Path.of(file));
    }

    public static Integer pause(Integer millis) throws InterruptedException {
        // Stands for work; nothing is synchronised by it.
        new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        return millis;
    }

    public static byte[] echo(byte[] bytes) {
        return bytes;
    }

    public static Integer failFirst(String item) throws Exception {
        if (item.endsWith("item0")) {
            throw new IllegalStateException("the first fails");
        }
        pause(2);
        return touchAndReturn(item);
    }

    public static Integer interruptSelf(Integer item) {
        Thread.currentThread().interrupt();
        return item;
    }

    public static void touchUnchecked(String file) {
        try {
            touch(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
