package io.muster.internal.launch;

/**
 * Children that are started together and are alike: the workers of a pool. One object stands for one family, until it is
 * closed: their heaps are set aside for that long, also while one of them is being replaced.
 *
 * <p>A class and no record, as two pools of one size are two families.
 */
public final class Family implements AutoCloseable {
    private final int size;

    /**
     * A family of its own.
     *
     * @param size how many are meant to run beside each other, at least 1
     */
    public Family(int size) {
        this.size = size;
    }

    int size() {
        return size;
    }

    /** None of them will be started any more. */
    @Override
    public void close() {
        HeapLedger.ofThisJvm().leave(this);
    }
}
