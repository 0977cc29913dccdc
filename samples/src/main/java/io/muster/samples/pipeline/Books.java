package io.muster.samples.pipeline;

import io.muster.ipc.data.SharedLongArray;
import java.io.Serializable;

/** What the stages count while they work, for the parent to see: a handle, the same in every process. */
final class Books implements AutoCloseable, Serializable {
    private static final long serialVersionUID = 1;

    /** Two cache lines for each stage, so that they do not take each other's line away. */
    private static final int LONGS_EACH = 16;

    private static final int MOST = 1;

    private final SharedLongArray numbers = SharedLongArray.create((long) Stage.values().length * LONGS_EACH);

    /** The stage is done with one more item. */
    void countItem(Stage stage) {
        numbers.getAndAdd(at(stage), 1);
    }

    long items(Stage stage) {
        return numbers.getVolatile(at(stage));
    }

    /** So many wait before the stage. */
    void sawWaiting(Stage stage, int waiting) {
        if (numbers.getVolatile(at(stage) + MOST) < waiting) {
            numbers.accumulateAndGet(at(stage) + MOST, waiting, Math::max);
        }
    }

    long mostWaiting(Stage stage) {
        return numbers.getVolatile(at(stage) + MOST);
    }

    private static long at(Stage stage) {
        return (long) stage.ordinal() * LONGS_EACH;
    }

    @Override
    public void close() {
        numbers.close();
    }
}
