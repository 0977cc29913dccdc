package io.muster.ipc.journal;

import java.time.Instant;
import java.util.Objects;

/** Where a new subscriber begins. Immutable. */
public final class Start {
    private static final Start BEGINNING = new Start(null, false);
    private static final Start END = new Start(null, true);

    private final Instant time;
    private final boolean end;

    private Start(Instant time, boolean end) {
        this.time = time;
        this.end = end;
    }

    /** With the oldest entry that is still there. */
    public static Start beginning() {
        return BEGINNING;
    }

    /** With the first entry that is appended from now on. */
    public static Start end() {
        return END;
    }

    /** With the first entry that was appended at that time or later, by the wall clock. */
    public static Start at(Instant time) {
        return new Start(Objects.requireNonNull(time, "time"), false);
    }

    /** Null unless it is a time. */
    Instant time() {
        return time;
    }

    boolean isEnd() {
        return end;
    }

    @Override
    public String toString() {
        return time != null ? "at " + time : end ? "end" : "beginning";
    }
}
