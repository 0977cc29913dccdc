package io.muster.internal.pool;

import io.muster.TaskFailedException;

/** Throws in the caller's thread what happened in another process or thread, and says where the caller stood. */
final class Thrown {
    private Thrown() {}

    /**
     * @param what the task, for messages
     * @return the exception to throw: unchecked ones as they are, checked ones as the cause of another
     * @throws Error if that is what was thrown
     */
    static RuntimeException here(Throwable thrown, String what) {
        if (thrown instanceof RuntimeException unchecked) {
            unchecked.addSuppressed(new CalledHere(what));
            return unchecked;
        }
        if (thrown instanceof Error error) {
            error.addSuppressed(new CalledHere(what));
            throw error;
        }
        return new TaskFailedException(what + " threw " + thrown, thrown);
    }

    /** Suppressed in what a task threw: the stack of the thread that waited for it. */
    private static final class CalledHere extends RuntimeException {
        private static final long serialVersionUID = 1;

        CalledHere(String what) {
            super(what + " was called here");
        }

        @Override
        public String toString() {
            return getMessage();
        }
    }
}
