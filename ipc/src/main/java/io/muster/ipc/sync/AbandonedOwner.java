package io.muster.ipc.sync;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * Who died holding a lock, or gave it up half done: told to those who get the lock next, until one of them gives it back in
 * order.
 *
 * @param party the name of the process
 * @param pid its process id; empty if that is not known any more
 * @param token the highest fencing token that anybody had been given before the acquisition that is told of it: writes
 *     with this one or a lower one come from owners of the past
 */
public record AbandonedOwner(String party, OptionalLong pid, long token) {
    public AbandonedOwner {
        Objects.requireNonNull(party, "party");
        Objects.requireNonNull(pid, "pid");
    }

    /** For messages: {@code 'worker-1' (pid 4711)}. */
    @Override
    public String toString() {
        return "'" + party + "'" + (pid.isPresent() ? " (pid " + pid.getAsLong() + ")" : "");
    }
}
