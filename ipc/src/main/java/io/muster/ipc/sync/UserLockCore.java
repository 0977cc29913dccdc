package io.muster.ipc.sync;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.SharedCore;
import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.Party;
import io.muster.ipc.memory.PartyId;
import io.muster.ipc.wait.Deadline;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a lock that users see adds to a {@link RobustLock}, as far as it does not know threads: it can be closed under its
 * holder, says who holds it, and tells of those who died.
 */
abstract class UserLockCore extends SharedCore {
    private static final int NAMES = 16;

    final RobustLock lock;
    final Memory memory;
    final long base;
    private final AtomicInteger waiting = new AtomicInteger();
    /** Of threads that held it lately, by the last bits of their ids; only a holder touches it. */
    private final ThreadName[] names = new ThreadName[NAMES];

    private final Glance glance = new Glance();

    UserLockCore(Participant participant, Cell cell) {
        super(participant, cell);
        this.memory = cell.memory();
        this.base = cell.body();
        this.lock = RobustLock.heldByUsers(participant, memory, base + UserLockLayout.LOCK);
    }

    /** What it is called in messages. */
    abstract String typeName();

    /** What and where it is, without a look at shared memory. */
    final String name() {
        return typeName() + " " + cell();
    }

    /** However long it takes; an interrupt only leaves its flag. */
    final void take() {
        checkCell();
        if (!lock.tryAcquireFree()) {
            waiting.incrementAndGet();
            try {
                lock.acquire();
            } catch (ClosedObjectException e) {
                throw closed();
            } finally {
                waiting.decrementAndGet();
            }
        }
        entered();
    }

    /** Interruptible; returns whether it was taken before the deadline. */
    final boolean take(Deadline deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        checkCell();
        if (!lock.tryAcquireFree()) {
            if (deadline.isExpired()) {
                return tryTake();
            }
            waiting.incrementAndGet();
            try {
                if (!lock.acquire(deadline)) {
                    return false;
                }
            } catch (ClosedObjectException e) {
                throw closed();
            } finally {
                waiting.decrementAndGet();
            }
        }
        entered();
        return true;
    }

    /** Without waiting; passes by those who wait. */
    final boolean tryTake() {
        checkCell();
        try {
            if (!lock.tryAcquire() && !(glanceAtHolder() && lock.tryAcquire())) {
                return false;
            }
        } catch (ClosedObjectException e) {
            throw closed();
        }
        entered();
        return true;
    }

    /** For who only looks or tries: whether the holder turned out to be dead. */
    final boolean glanceAtHolder() {
        long owner = lock.owner();
        return isOther(owner) && glance.isDue() && participant().isDeadByWitnesses(owner);
    }

    /** Publishes the death of the holder, if nobody has noticed. */
    final void judgeHolder() {
        long owner = lock.owner();
        if (isOther(owner)) {
            participant().isDeadByWitnesses(owner);
        }
    }

    private boolean isOther(long owner) {
        return owner != PartyId.NOBODY
                && owner != PartyId.CLOSED
                && owner != participant().self();
    }

    /** Before each look at the lock's word: it may be another object's by now. */
    private void checkCell() {
        if (!cell().isOpen()) {
            throw closed();
        }
    }

    private void entered() {
        if (!cell().isOpen()) {
            leaveWhatWasClosed();
            throw closed();
        }
        Thread thread = Thread.currentThread();
        if (lock.noteThread(thread.getId())) {
            noteName(thread);
        }
    }

    private void noteName(Thread thread) {
        int index = (int) thread.getId() & NAMES - 1;
        ThreadName name = names[index];
        if (name == null || !name.isOf(thread)) {
            name = new ThreadName(thread);
            names[index] = name;
        }
        name.write(memory, base + UserLockLayout.NAME);
    }

    /** It was closed a moment ago, and these bytes may belong to another object by now. */
    private void leaveWhatWasClosed() {
        if (lock.isHeldByThisProcess()) {
            try {
                lock.release();
            } catch (IllegalMonitorStateException e) {
                throwUnlessClosed(e);
            }
        }
    }

    /** By its holder. One that was closed under its holder needs no release. */
    final void giveBack() {
        if (cell().isOpen()) {
            try {
                lock.release();
            } catch (IllegalMonitorStateException e) {
                throwUnlessClosed(e);
            }
        }
    }

    /** By its holder; the next one finds it abandoned. */
    final void giveBackAbandoned() {
        if (cell().isOpen()) {
            try {
                lock.releaseAbandoned();
            } catch (IllegalMonitorStateException e) {
                throwUnlessClosed(e);
            }
        }
    }

    private void throwUnlessClosed(IllegalMonitorStateException e) {
        if (isOpen()) {
            throw e;
        }
    }

    final void checkOpen() {
        if (!isOpen()) {
            throw closed();
        }
    }

    public final boolean isOpen() {
        return cell().isOpen() && lock.owner() != PartyId.CLOSED;
    }

    final ClosedObjectException closed() {
        return closedByMaker(typeName());
    }

    /** By its holder. */
    final Optional<AbandonedOwner> abandonedOwner(long token) {
        if (!lock.isAbandoned()) {
            return Optional.empty();
        }
        long former = lock.formerOwner();
        for (Party party : participant().place().parties()) {
            if (party.id() == former) {
                OptionalLong pid = party.pid() == 0 ? OptionalLong.empty() : OptionalLong.of(party.pid());
                return Optional.of(new AbandonedOwner(party.name(), pid, token - 1));
            }
        }
        return Optional.of(new AbandonedOwner("a process that ended long ago", OptionalLong.empty(), token - 1));
    }

    /** Whether anybody holds it, dead or alive. */
    final boolean isLocked() {
        long owner = lock.owner();
        return owner != PartyId.NOBODY && owner != PartyId.CLOSED;
    }

    /** Whether any thread of this process waits for it. */
    final boolean isWaitedForHere() {
        return waiting.get() != 0;
    }

    @Override
    protected void retire() {
        // The word first: killed in between, waiters of a lock that its holder need not release would wait for ever.
        lock.closeForHolder();
        cell().retire();
    }

    /** For messages. */
    final String describe() {
        if (!isOpen()) {
            return typeName() + "[" + cell() + ", closed]";
        }
        long owner = lock.owner();
        String holder = owner == PartyId.NOBODY || owner == PartyId.CLOSED
                ? "free"
                : "held by process " + participant().describe(owner) + ", thread " + lock.notedThread() + " '"
                        + ThreadName.read(memory, base + UserLockLayout.NAME) + "'";
        return typeName() + "[" + cell() + ", " + holder + "]";
    }
}
