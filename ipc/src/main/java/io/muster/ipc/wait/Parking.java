package io.muster.ipc.wait;

/**
 * How a thread is put to sleep until a word changes, and how sleepers on a word are woken. It carries no information:
 * sleepers look again whenever they come back, for whatever reason.
 *
 * <p>Implementations may be called by any thread. A seam for tests too: a parking that "dies" stands for a process
 * that is killed at a futex call.
 */
public interface Parking {
    /** System property that forces {@link #portable()} when it is {@code true}. */
    String PORTABLE_PROPERTY = "muster.wait.portable";

    /** Why {@link #park} came back. */
    enum Outcome {
        /** It did not sleep: the word or the deaths had changed already. */
        CHANGED,
        /** Somebody woke it, or an interrupt, or nobody: look again. */
        WOKEN,
        /** The time is over. */
        TIMED_OUT
    }

    /**
     * Sleeps while {@code word} has the value {@code armed} and its deaths word the value {@code deaths}.
     *
     * @param nanos at most so long, or a little longer; more than 0
     * @param interruptible whether {@code Thread.interrupt} ends it, early but possibly only after 20 ms; the flag is
     *     left as it is
     */
    Outcome park(WaitWord word, int armed, int deaths, long nanos, boolean interruptible);

    /**
     * Wakes at most {@code count} of those that sleep on this word, or on it as a deaths word; the word was changed
     * before.
     *
     * @return true if somebody slept there, as far as that can be known
     */
    boolean wake(WaitWord word, int count);

    /**
     * For how long the calling thread may sleep before it must look again, as nobody may be left who would wake it.
     */
    long maxSliceNanos();

    /**
     * The best that this machine has: futex, else {@link #portable()}. Loads nothing until the first thread really
     * sleeps or is woken, and then in the background: meanwhile sleepers poll. Where futex cannot be had, one log line
     * says so then, and why.
     */
    static Parking configured() {
        return ConfiguredParking.INSTANCE;
    }

    /**
     * Polling with growing pauses (50 us to 10 ms). Needs no native code; works on memory without an address too.
     *
     * <p>Who polls is reached by every waker, but wakes only those that poll: a thread asleep in the kernel hears of a
     * polling waker when its slice ends. So all processes that share memory should wait in the same way.
     */
    static Parking portable() {
        return PortableParking.INSTANCE;
    }

    /**
     * Loads what {@link #configured()} will need, in this thread; it takes 50-100 ms the first time.
     *
     * @return whether it is there: false means portable
     */
    static boolean preload() {
        return ConfiguredParking.preload();
    }
}
