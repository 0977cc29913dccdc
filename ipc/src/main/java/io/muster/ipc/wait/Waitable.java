package io.muster.ipc.wait;

/**
 * Something that a thread can wait for, alone or together with others: see {@code io.muster.ipc.channel.WaitSet}. The shared
 * objects of Muster are; others cannot be made by implementing this interface.
 */
public interface Waitable {
    /**
     * Whether this thread would not have to wait here now: an event is set, a permit is available, a message is there. Takes
     * nothing, so another thread or process may be faster. Never waits; any thread may ask.
     *
     * @return true also if it is closed, for all or in this process: who then uses it is told so
     */
    boolean isReady();
}
