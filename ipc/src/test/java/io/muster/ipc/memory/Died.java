package io.muster.ipc.memory;

/** Stands for {@code kill -9} in a test: thrown at the chosen step, and by everything the dead party touches after it. */
public final class Died extends Error {
    private static final long serialVersionUID = 1L;

    Died(String message) {
        super(message);
    }
}
