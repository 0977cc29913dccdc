package io.muster.ipc.sync;

import java.util.Optional;

/**
 * A lock that is held until the end of a {@code try} block.
 *
 * <pre>{@code
 *     try (Held held = lock.hold()) {
 *         held.abandonedOwner().ifPresent(dead -> repair());
 *         write(data, held.token());
 *     }
 * }</pre>
 */
public interface Held extends AutoCloseable {

    /** The fencing token of this hold; see {@link SharedLock#fencingToken()}. */
    long token();

    /** Who left the lock behind, if it was left; see {@link SharedLock#abandonedOwner()}. */
    Optional<AbandonedOwner> abandonedOwner();

    /**
     * Gives the lock back; a second call does nothing.
     *
     * @throws IllegalMonitorStateException if the lock is not held any more; nothing was changed
     */
    @Override
    void close();
}
