package io.muster.ipc.journal;

import java.nio.ByteBuffer;

/**
 * What is known of an entry that was given to somebody, or is held back, and is not done with.
 *
 * @param attempts how often it was given
 * @param owner party that holds it; 0: nobody
 * @param due when it comes back by itself, milliseconds of the wall clock
 * @param ticket makes each claim differ from all others
 */
record Claim(int attempts, long owner, long due, long ticket) {
    static final long NEVER = Long.MAX_VALUE;
    private static final int BYTES = Integer.BYTES + 3 * Long.BYTES;

    static Claim of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new JournalException("a claim of " + bytes.length + " bytes stands where " + BYTES + " should");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new Claim(in.getInt(), in.getLong(), in.getLong(), in.getLong());
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .putInt(attempts)
                .putLong(owner)
                .putLong(due)
                .putLong(ticket)
                .array();
    }

    boolean isHeld() {
        return owner != 0;
    }

    Claim givenBack(long at) {
        return new Claim(attempts, 0, at, ticket);
    }

    Claim until(long time) {
        return new Claim(attempts, owner, time, ticket);
    }
}
