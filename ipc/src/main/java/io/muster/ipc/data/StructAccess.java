package io.muster.ipc.data;

import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.Memory;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Reads and sets records in slots of some memory. Readers take no lock, unless others set without a pause; the functions of
 * users never run under one.
 *
 * @param <R> the record
 */
final class StructAccess<R extends Record> {
    /** So often a reader is overtaken before it takes the lock. */
    private static final int MOST_TRIES = 100;

    private final Memory memory;
    private final RecordShape<R> shape;
    /** Throws if the object is closed: asked again behind a read and under the lock, as its memory may be another's by then. */
    private final Runnable checkOpen;

    StructAccess(Memory memory, RecordShape<R> shape, Runnable checkOpen) {
        this.memory = memory;
        this.shape = shape;
        this.checkOpen = checkOpen;
    }

    R get(long slot, RobustLock lock) {
        long[] words = new long[shape.words()];
        read(slot, lock, words);
        return shape.decode(words);
    }

    /** Returns what SET was; what was read is validated by then. */
    private long read(long slot, RobustLock lock, long[] into) {
        checkOpen.run();
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            long set = memory.getLongAcquire(StructLayout.set(slot));
            copyOut(slot, set, into);
            VarHandle.acquireFence();
            if (memory.getLongAcquire(StructLayout.set(slot)) == set) {
                checkOpen.run();
                return set;
            }
            Thread.onSpinWait();
        }
        acquire(lock);
        try {
            long set = memory.getLongAcquire(StructLayout.set(slot));
            copyOut(slot, set, into);
            return set;
        } finally {
            release(lock);
        }
    }

    private void copyOut(long slot, long set, long[] into) {
        long at = StructLayout.copy(slot, into.length, set);
        for (int i = 0; i < into.length; i++) {
            into[i] = memory.getLong(at + (long) i * Long.BYTES);
        }
    }

    private void acquire(RobustLock lock) {
        lock.acquire();
        boolean open = false;
        try {
            checkOpen.run();
            open = true;
        } finally {
            if (!open) {
                release(lock);
            }
        }
    }

    private void release(RobustLock lock) {
        if (!lock.isHeldByThisProcess()) {
            checkOpen.run(); // closed by another, while this process stood still under the lock
        }
        lock.release();
    }

    void set(long slot, RobustLock lock, R record) {
        long[] words = shape.encode(record);
        checkOpen.run();
        acquire(lock);
        try {
            publish(slot, memory.getLongAcquire(StructLayout.set(slot)), words);
        } finally {
            release(lock);
        }
    }

    /** Under the lock: nobody reads the copy that does not count, but for those who will find that SET has moved. */
    private void publish(long slot, long set, long[] words) {
        // SET as it is must be seen before what was the copy that counted until then changes.
        VarHandle.storeStoreFence();
        long at = StructLayout.copy(slot, words.length, set + 1);
        for (int i = 0; i < words.length; i++) {
            memory.putLong(at + (long) i * Long.BYTES, words[i]);
        }
        memory.putLongRelease(StructLayout.set(slot), set + 1);
    }

    private boolean setIfUnchanged(long slot, RobustLock lock, long seen, R record) {
        long[] words = shape.encode(record);
        acquire(lock);
        try {
            boolean unchanged = memory.getLongAcquire(StructLayout.set(slot)) == seen;
            if (unchanged) {
                publish(slot, seen, words);
            }
            return unchanged;
        } finally {
            release(lock);
        }
    }

    boolean compareAndSet(long slot, RobustLock lock, R expected, R update) {
        long[] words = new long[shape.words()];
        while (true) {
            long seen = read(slot, lock, words);
            if (!shape.decode(words).equals(expected)) {
                return false;
            }
            if (setIfUnchanged(slot, lock, seen, update)) {
                return true;
            }
        }
    }

    R updateAndGet(long slot, RobustLock lock, UnaryOperator<R> function) {
        long[] words = new long[shape.words()];
        while (true) {
            long seen = read(slot, lock, words);
            R next = Objects.requireNonNull(function.apply(shape.decode(words)), "what the function returned");
            if (setIfUnchanged(slot, lock, seen, next)) {
                return next;
            }
        }
    }
}
