package io.muster.child;

/** A decoded target. That there is one says that it can run; nothing of it has run yet. */
interface Runner {
    /** Runs the target on the calling thread; the exit code. */
    int run() throws Throwable;
}
