package io.muster.ipc.channel;

import io.muster.ipc.internal.bell.Bell;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.Waiter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The waiting half of a set: one thread at a time drains the bell, looks at what rang and at what was ready before, and sleeps.
 * So a wait costs what rang, and not what there is; after a slice, or a death, all is looked at.
 */
final class SetWaiter {
    /** In each slice no longer than this, as each judgement takes some 30 microseconds. */
    private static final long JUDGE_NANOS = 2_000_000;

    private static final Comparator<SetMember> IN_ORDER = Comparator.comparingLong(SetMember::order);

    private final SetMembers members;
    private final ReentrantLock turn = new ReentrantLock();
    private final Waiter waiter = Waiter.builder().repair(this::lookAtAll).build();
    private final BooleanSupplier worthALook = this::isWorthALook;
    /** To be looked at without a ring: ready when last looked at, or not looked at since they rang. */
    private List<SetMember> hot = new ArrayList<>();

    /** In a wait for all, those that have been ready: only the others are waited for. */
    private Set<SetMember> seen = Set.of();

    private boolean found;
    private long judgedUpTo;
    private Bell bell;

    SetWaiter(SetMembers members) {
        this.members = members;
    }

    List<WaitSet.Key> any(Deadline deadline) throws InterruptedException {
        if (!takeTurn(deadline)) {
            return inOrder(readyNow());
        }
        try {
            while (true) {
                List<SetMember> ready = look();
                if (!ready.isEmpty() || !sleep(deadline)) {
                    return inOrder(ready);
                }
            }
        } finally {
            turn.unlock();
        }
    }

    List<WaitSet.Key> all(Deadline deadline) throws InterruptedException {
        if (!takeTurn(deadline)) {
            return inOrder(readyNow());
        }
        seen = new HashSet<>();
        try {
            while (true) {
                for (SetMember member : look()) {
                    member.setHot(false);
                    seen.add(member);
                }
                hot.clear();
                if (areAllSeen() || !sleep(deadline)) {
                    seen.removeIf(member -> !member.isValid());
                    return inOrder(seen);
                }
            }
        } finally {
            Set<SetMember> again = seen;
            seen = Set.of();
            again.forEach(this::heat);
            turn.unlock();
        }
    }

    private boolean areAllSeen() {
        return seen.size() >= members.size() && seen.containsAll(members.all());
    }

    /** While another thread has the turn, and so sees to it that the rest is looked at. */
    private List<SetMember> readyNow() {
        return members.all().stream().filter(SetMember::isReady).toList();
    }

    private boolean takeTurn(Deadline deadline) throws InterruptedException {
        members.checkOpen();
        long nanos = deadline.remainingNanos();
        return nanos == Long.MAX_VALUE ? takeTurn() : turn.tryLock(nanos, TimeUnit.NANOSECONDS);
    }

    private boolean takeTurn() throws InterruptedException {
        turn.lockInterruptibly();
        return true;
    }

    private void heat(SetMember member) {
        if (!member.isHot() && !seen.contains(member)) {
            member.setHot(true);
            hot.add(member);
        }
    }

    private void heatLine(int line) {
        SetMember member = members.at(line);
        if (member != null) {
            heat(member);
        }
    }

    /** Clears the bell first, then looks: what rings from now on is looked at next time. */
    private List<SetMember> look() {
        members.checkOpen();
        found = false;
        members.nanosToNextTimer();
        Bell rung = members.bell();
        if (rung != null) {
            rung.drain(this::heatLine);
        }
        ChannelWatch channels = members.channelsIfAny();
        if (channels != null) {
            channels.look();
        }
        List<SetMember> ready = new ArrayList<>();
        List<SetMember> looked = hot;
        hot = ready;
        for (SetMember member : looked) {
            member.setHot(false);
            if (member.isValid()) {
                if (member.isReady()) {
                    heat(member);
                } else {
                    member.rest();
                }
            }
        }
        return ready;
    }

    private static List<WaitSet.Key> inOrder(Collection<SetMember> ready) {
        List<SetMember> sorted = new ArrayList<>(ready);
        sorted.sort(IN_ORDER);
        return List.copyOf(sorted);
    }

    /** False if the deadline came first; true: look. */
    private boolean sleep(Deadline deadline) throws InterruptedException {
        bell = members.bellToSleepOn();
        long timer = members.nanosToNextTimer();
        boolean timerFirst = timer < deadline.remainingNanos();
        Deadline next = timerFirst ? Deadline.afterNanos(timer) : deadline;
        return bell.await(waiter, worthALook, next) || timerFirst;
    }

    private boolean isWorthALook() {
        return found || bell.isRung() || members.isClosed();
    }

    /** After a death or a slice: whoever should have rung may be dead. */
    private void lookAtAll() {
        ChannelWatch channels = members.channelsIfAny();
        if (channels != null) {
            channels.look();
        }
        List<SetMember> all = members.all();
        judge(all);
        for (SetMember member : all) {
            if (!seen.contains(member) && member.isReady()) {
                heat(member);
                found = true;
            }
        }
    }

    /** In turn, as far as the time goes. */
    private void judge(List<SetMember> all) {
        long start = System.nanoTime();
        for (int i = 0; i < all.size() && System.nanoTime() - start < JUDGE_NANOS; i++) {
            all.get((int) (judgedUpTo++ % all.size())).judge();
        }
    }

    void close() {
        if (!members.beginClose()) {
            return;
        }
        Bell woken = members.bell();
        if (woken != null) {
            woken.wake();
        }
        turn.lock();
        try {
            members.endClose();
        } finally {
            turn.unlock();
        }
    }
}
