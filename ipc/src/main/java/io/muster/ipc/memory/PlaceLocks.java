package io.muster.ipc.memory;

/**
 * The kernel's locks behind a place: the first witness of who is alive, as the kernel drops them when a process ends,
 * however it ends. Nothing here ever waits: whoever stops while holding one must not stop the others.
 * They come late where a process has much memory, as the kernel frees that first: see {@link Witness#isEnding}.
 *
 * <pre>
 *   byte 0      shared: every party; exclusive: who wants to remove the place
 *   byte 1 + i  exclusive: the party in slot i, for its whole life; or, for a moment, who judges or takes that slot
 *   byte 4097   exclusive: for a moment, who removes a named object
 * </pre>
 */
interface PlaceLocks extends AutoCloseable {

    /** Takes the lock of a slot; false if another party, or another thread of this process, has it. */
    boolean tryLock(int slot);

    void unlock(int slot);

    /** Takes the place's lock together with others; false if somebody is removing the place. */
    boolean tryLockPlaceShared();

    /** Takes the place's lock alone; false if there is any party. */
    boolean tryLockPlaceExclusive();

    void unlockPlace();

    /** Takes the right to remove the files of named objects; false if another thread of any process has it. */
    boolean tryLockNames();

    void unlockNames();

    /** Drops every lock of this process on that place. */
    @Override
    void close();
}
