package io.muster.ipc.channel;

import io.muster.ipc.wait.Deadline;
import java.time.Duration;

/** A moment. Nobody rings: who waits sleeps no longer than to the next one. */
final class TimerMember extends SetMember implements Comparable<TimerMember> {
    private final Deadline moment;

    TimerMember(SetMembers set, Duration delay, Object attachment) {
        super(set, delay, attachment);
        this.moment = Deadline.after(delay);
    }

    long remainingNanos() {
        return moment.remainingNanos();
    }

    @Override
    void arm() {}

    @Override
    void disarm() {}

    @Override
    boolean look() {
        return moment.isExpired();
    }

    @Override
    public int compareTo(TimerMember other) {
        return moment.compareTo(other.moment);
    }
}
