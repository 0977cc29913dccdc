package io.muster.internal.launch;

/**
 * Children that are started together and are alike: the workers of a pool. One object stands for one family.
 *
 * <p>A class and no record, as two pools of one size are two families.
 */
public final class Family {
    private final int size;

    /** @param size how many of them are meant to run beside each other, at least 1 */
    public Family(int size) {
        this.size = size;
    }

    int size() {
        return size;
    }
}
