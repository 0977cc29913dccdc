package io.muster.ipc.channel;

/**
 * Whether a receiver's messages come one right after the other. Each look at what is to come takes its cache line from the
 * writer: one that has many messages to send is let do that for a while. Where it has one at a time, that is a wait for nothing,
 * several times as long as a round trip: so who was wrong does not guess again for a while, twice as long each time. The same
 * for a sender whose room comes.
 *
 * <p>Used by any thread: races only blur what was guessed.
 */
final class StreamGuess {
    /** A message that comes after so few looks is one of many; a reply to what was sent takes longer. */
    private static final int LOOKS_IN_STREAM = 3;

    private static final int PAUSES_IN_STREAM = 256;

    private static final int LEAST_WAITS_IN_DOUBT = 64;
    private static final int MOST_WAITS_IN_DOUBT = 1 << 14;

    private int looks;
    private boolean stream;
    private int waitsInDoubt = LEAST_WAITS_IN_DOUBT;
    private int waitsToCome;
    private boolean ranDry;

    void beginWait() {
        looks = 0;
    }

    void noteLook() {
        looks++;
    }

    void endWait(boolean came) {
        if (waitsToCome > 0) {
            waitsToCome--;
        } else {
            stream = came && looks <= LOOKS_IN_STREAM;
        }
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
    void noteWhetherSeveralCame(boolean several) {
        stream = several;
        if (several) {
            waitsInDoubt = LEAST_WAITS_IN_DOUBT;
        } else {
            waitsToCome = waitsInDoubt;
            waitsInDoubt = Math.min(2 * waitsInDoubt, MOST_WAITS_IN_DOUBT);
        }
    }
}
