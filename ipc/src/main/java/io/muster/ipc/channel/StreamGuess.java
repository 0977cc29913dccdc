package io.muster.ipc.channel;

/**
 * Whether a receiver's messages come one right after the other. Each look at what is to come takes its cache line from the writer: one that has
 * many messages to send is let do that for a while.
 *
 * <p>Used by any thread: races only blur what was guessed.
 */
final class StreamGuess {
    /** A message that comes after so few looks is one of many; a reply to what was sent takes longer. */
    private static final int LOOKS_IN_STREAM = 3;

    private static final int PAUSES_IN_STREAM = 256;

    private int looks;
    private boolean stream;
    private boolean ranDry;

    void beginWait() {
        looks = 0;
    }

    void noteLook() {
        looks++;
    }

    void endWait(boolean came) {
        stream = came && looks <= LOOKS_IN_STREAM;
    }

    boolean isStream() {
        return stream;
    }

    /** Before several are received at once. */
    void beginBatch() {
        if (ranDry) {
            ranDry = false;
            letSomeCome();
        }
    }

    /** More than one came, and then no more: whoever receives is faster than who sends. */
    void endBatch(int count, int limit) {
        ranDry = count > 1 && count < limit;
    }

    /** Instead of a wait, in a stream. */
    void letSomeCome() {
        for (int i = 0; i < PAUSES_IN_STREAM; i++) {
            Thread.onSpinWait();
        }
    }

    /** After {@link #letSomeCome}. */
    void noteWhetherSomeCame(boolean some) {
        stream = some;
    }
}
