package io.muster.ipc.data;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Gives the tests of a generated suite their collections. Some of these tests ask for tens of thousands, one after the other: a
 * new one with files of its own each time would take half a minute. So the first of each test are new, and those that follow
 * are the oldest of them, emptied; a test that still used one would fail.
 */
public final class Reused<C> {
    private static final int NEW_ONES = 16;

    private final Supplier<C> maker;
    private final Consumer<C> emptier;
    private final Consumer<C> closer;
    private final Deque<C> made = new ArrayDeque<>();

    public Reused(Supplier<C> maker, Consumer<C> emptier, Consumer<C> closer) {
        this.maker = maker;
        this.emptier = emptier;
        this.closer = closer;
    }

    public C get() {
        C next;
        if (made.size() < NEW_ONES) {
            next = maker.get();
        } else {
            next = made.remove();
            emptier.accept(next);
        }
        made.add(next);
        return next;
    }

    /** Behind each test. */
    public void closeAll() {
        made.forEach(closer);
        made.clear();
    }
}
