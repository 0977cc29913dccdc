package io.muster.ipc.channel;

import io.muster.ipc.internal.bell.Bell;
import io.muster.ipc.internal.bell.BellSource;
import io.muster.ipc.internal.bell.Bells;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.memory.ClosedObjectException;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/**
 * The members of a set, and its bell. Thread-safe; nothing here waits, and a thread that sleeps on the bell holds no lock of
 * this.
 */
final class SetMembers {
    private static final SetMember[] NONE = {};

    /** By line; written under this object's lock, read without. */
    private volatile SetMember[] byLine = NONE;

    private final ArrayDeque<Integer> freeLines = new ArrayDeque<>();
    private int lines;
    private int size;
    private long lastOrder;
    private final PriorityQueue<TimerMember> timers = new PriorityQueue<>();
    private volatile Bell bell;
    private Participant place;
    private final Map<Participant, FarBell> farBells = new HashMap<>();
    private ChannelWatch channels;
    private volatile boolean closed;

    SetMember addShared(BellSource source, Object attachment) {
        return add(new SharedMember(this, source, source.bellCore(), attachment));
    }

    SetMember addSocket(SocketConnection connection, Object attachment) {
        return add(new SocketMember(this, connection, attachment));
    }

    SetMember addStage(CompletionStage<?> stage, Object attachment) {
        return add(new StageMember(this, stage, attachment));
    }

    SetMember addFuture(Future<?> future, Object attachment) {
        return add(new FutureMember(this, future, attachment));
    }

    SetMember addTimer(Duration delay, Object attachment) {
        return add(new TimerMember(this, delay, attachment));
    }

    SetMember addChannel(SelectableChannel channel, int ops, Object attachment) {
        return add(new ChannelMember(this, channel, ops, attachment));
    }

    /** All under this object's lock, and {@link #remove} too: so nothing is armed for a set that has gone. */
    private synchronized SetMember add(SetMember member) {
        checkOpen();
        if (bell == null) {
            sleepIn(member instanceof SharedMember shared ? shared.place() : Participants.ofSession());
        }
        enter(member);
        boolean armed = false;
        try {
            member.arm();
            armed = true;
        } finally {
            if (!armed) {
                remove(member);
            }
        }
        // Arm first, then look: this has it looked at.
        member.ring();
        return member;
    }

    private void sleepIn(Participant participant) {
        place = participant;
        bell = new Bell(Bells.of(participant));
    }

    private void enter(SetMember member) {
        int line = freeLines.isEmpty() ? lines++ : freeLines.pop();
        member.enter(line, ++lastOrder);
        bell.line(line);
        SetMember[] all = byLine;
        if (line >= all.length) {
            all = Arrays.copyOf(all, Math.max(16, 2 * all.length));
        }
        all[line] = member;
        byLine = all;
        size++;
        if (member instanceof TimerMember timer) {
            timers.add(timer);
        }
    }

    synchronized void remove(SetMember member) {
        if (!member.isValid()) {
            return;
        }
        member.invalidate();
        SetMember[] all = byLine;
        all[member.line()] = null;
        byLine = all;
        size--;
        if (member instanceof TimerMember timer) {
            timers.remove(timer);
        }
        member.disarm();
        freeLines.push(member.line());
    }

    synchronized int size() {
        return size;
    }

    /** The member of a line, or null: it may have left. */
    SetMember at(int line) {
        SetMember[] all = byLine;
        return line < all.length ? all[line] : null;
    }

    List<SetMember> all() {
        List<SetMember> members = new ArrayList<>();
        for (SetMember member : byLine) {
            if (member != null) {
                members.add(member);
            }
        }
        return members;
    }

    /** When the next timer will be ready that is not yet, in nanoseconds from now; {@code Long.MAX_VALUE} if none. */
    synchronized long nanosToNextTimer() {
        while (!timers.isEmpty() && timers.peek().look()) {
            timers.remove().ring();
        }
        return timers.isEmpty() ? Long.MAX_VALUE : timers.peek().remainingNanos();
    }

    /** Null as long as there never was a member. */
    Bell bell() {
        return bell;
    }

    /** The first member decides where it is; who waits before there is one sleeps in the session. */
    synchronized Bell bellToSleepOn() {
        checkOpen();
        if (bell == null) {
            sleepIn(Participants.ofSession());
        }
        return bell;
    }

    void ring(int line) {
        bell.ring(line);
    }

    /** The name of a line in a place; in one that is not the bell's, another bell is there that passes the rings on. */
    synchronized long lineIn(Participant other, int line) {
        if (other == place) {
            return bell.line(line);
        }
        return farBells.computeIfAbsent(other, key -> new FarBell(key, this)).line(line);
    }

    synchronized ChannelWatch channels() {
        if (channels == null) {
            channels = new ChannelWatch();
        }
        return channels;
    }

    synchronized ChannelWatch channelsIfAny() {
        return channels;
    }

    boolean isClosed() {
        return closed;
    }

    void checkOpen() {
        if (closed) {
            throw new ClosedObjectException("the WaitSet is closed");
        }
    }

    /** From now on nobody adds and nobody sleeps. */
    synchronized boolean beginClose() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    /** When nobody waits any more. */
    synchronized void endClose() {
        all().forEach(this::remove);
        farBells.values().forEach(FarBell::close);
        farBells.clear();
        if (channels != null) {
            channels.close();
        }
        if (bell != null) {
            bell.close();
        }
    }

    @Override
    public String toString() {
        return closed ? "closed" : size() + " members";
    }
}
