package io.muster.ipc.wait;

import java.util.Locale;

/** What a waiting thread does with its processor until the other side has acted. */
public enum WaitStrategy {
    /**
     * Spin for as long as the last waits taught was worth it, then sleep: the fastest that does no harm. Does not spin
     * at all on one CPU or under a CPU quota below two.
     */
    ADAPTIVE,
    /** Never sleep: the lowest latency, at the price of one CPU per waiting thread. Virtual threads are adaptive. */
    BUSY_SPIN,
    /** Sleep at once: the least CPU, and a wake-up of some 25-60 microseconds each time. */
    BLOCKING;

    /** System property that names the strategy of everything that was not given one: adaptive, busy or blocking. */
    public static final String PROPERTY = "muster.wait";

    /** {@link #ADAPTIVE}. */
    public static WaitStrategy adaptive() {
        return ADAPTIVE;
    }

    /** {@link #BUSY_SPIN}. */
    public static WaitStrategy busySpin() {
        return BUSY_SPIN;
    }

    /** {@link #BLOCKING}. */
    public static WaitStrategy blocking() {
        return BLOCKING;
    }

    /**
     * What the system property {@value #PROPERTY} says; {@link #ADAPTIVE} if it is not set.
     *
     * @throws IllegalArgumentException if it is set to anything else
     */
    public static WaitStrategy configured() {
        return parse(System.getProperty(PROPERTY, "adaptive"));
    }

    static WaitStrategy parse(String name) {
        switch (name.toLowerCase(Locale.ROOT)) {
            case "adaptive":
                return ADAPTIVE;
            case "busy":
                return BUSY_SPIN;
            case "blocking":
                return BLOCKING;
            default:
                throw new IllegalArgumentException(
                        "system property " + PROPERTY + "=" + name + ": expected adaptive, busy or blocking");
        }
    }
}
