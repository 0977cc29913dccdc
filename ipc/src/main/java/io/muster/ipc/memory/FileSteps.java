package io.muster.ipc.memory;

/**
 * Told before each step that changes files or file locks. In production it does nothing; tests pass one that "kills"
 * the process at the n-th step, so that every half-done creation and removal is tried.
 */
public interface FileSteps {
    /** No test is watching. */
    FileSteps UNWATCHED = new FileSteps() {
        @Override
        public void before(String step) {}
    };

    /**
     * @param step what is about to be done, for messages
     */
    void before(String step);
}
