package io.muster.ipc.internal.lock;

import static io.muster.ipc.internal.lock.RobustLockLayout.ABANDONED;
import static io.muster.ipc.internal.lock.RobustLockLayout.FREE;
import static io.muster.ipc.internal.lock.RobustLockLayout.HAS_HEIR;
import static io.muster.ipc.internal.lock.RobustLockLayout.ownedBy;
import static io.muster.ipc.internal.lock.RobustLockLayout.ownerOf;

import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.PartyId;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.WaitWord;
import io.muster.ipc.wait.Waiter;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Mutual exclusion between all threads of all processes of a place, kept when a holder is killed: the next one gets the
 * lock and finds it {@linkplain #isAbandoned abandoned}. A holder that lives, stopped or not, is never robbed.
 *
 * <p>Not reentrant, and it does not know threads: whoever acquired it releases it, on whatever thread of the same process.
 *
 * <p>Barging: a lock that is free is taken by whoever comes first, which is what makes it fast; but who has waited for 2 ms
 * becomes the heir, for whom the next release sets it aside. So nobody waits much longer than the longest hold.
 *
 * <p>Nobody need tell of a death: who waits looks whether the holder is dead, less and less often, but once in 32 ms at
 * least, as it is for a structure that is changed in microseconds. {@linkplain #heldByUsers Where users
 * hold it}, for as long as they like, that would cost too much, and it is once in 250 ms.
 *
 * <p>The algorithm is the robust mutex's (an owner word, changed by CAS alone), with owner ids that are never used again
 * in place of the kernel's list, and the hand-over of starving waiters.
 */
public final class RobustLock {
    /** Bytes that a lock takes; its offset must be a multiple of 8. Zeroed bytes are a free lock. */
    public static final int BYTES = RobustLockLayout.SIZE;
    /** Who waits for one that is held for moments looks that often, at least, whether its holder is dead. */
    public static final Duration LOOK_EVERY = Duration.ofMillis(32);

    private static final long THREAD_MASK = 0xFFFF_FFFFL;
    private static final long STARVING_NANOS = 2_000_000;
    /**
     * Each look takes the cache line from the owner, who pays for it with its next CAS: with 100 pauses between them two
     * processes did 31 M pairs a second in place of 6.
     */
    private static final int PAUSES_BETWEEN_LOOKS = 100;

    /** For how long a free lock is kept for an heir that does not come. */
    private static final long SET_ASIDE_NANOS = 5_000_000;

    private final Participant participant;
    private final Memory memory;
    private final long base;
    private final long mine;
    private final WaitWord waitWord;
    private final WaitWord heirWord;
    private final Waiter waiter;
    private final Waiter heirWaiter;
    /** Looks before it swaps: a spinning thread must not take the cache line from the owner. */
    private final BooleanSupplier tryAgain = () -> tryAcquireSeen(word(), false);

    private final BooleanSupplier mayBeFree = this::mayBeFree;
    /** The thread of this process that is the heir, as the shared word knows only processes. */
    private volatile Thread heirThread;

    /**
     * A lock that is held for moments.
     *
     * @param memory where its bytes lie
     * @param base their offset
     */
    public RobustLock(Participant participant, Memory memory, long base) {
        this(participant, memory, base, false);
    }

    /** The same for one that is held for as long as users like: it costs less to wait for. */
    public static RobustLock heldByUsers(Participant participant, Memory memory, long base) {
        return new RobustLock(participant, memory, base, true);
    }

    private RobustLock(Participant participant, Memory memory, long base, boolean forLong) {
        this.participant = participant;
        this.memory = memory;
        this.base = base;
        this.mine = ownedBy(participant.self());
        this.waitWord = participant.waitWord(memory, base + RobustLockLayout.WAIT);
        this.heirWord = participant.waitWord(memory, base + RobustLockLayout.HEIR_WAIT);
        this.waiter = newWaiter(forLong);
        this.heirWaiter = newWaiter(forLong);
    }

    /** For who only looks: the party that holds a lock whose first 8 bytes are these, or {@link PartyId#NOBODY}. */
    public static long holderIn(long firstWord) {
        return ownerOf(firstWord);
    }

    private Waiter newWaiter(boolean forLong) {
        Waiter.Builder builder = Waiter.builder().repair(this::judgeOwner).pausesBetweenLooks(PAUSES_BETWEEN_LOOKS);
        return (forLong ? builder : builder.lookEvery(LOOK_EVERY)).build();
    }

    /**
     * Takes the lock if it is free, also if that is meant for somebody who has waited long, or if its owner is published dead.
     *
     * @throws ClosedObjectException if it was closed
     */
    public boolean tryAcquire() {
        return tryAcquireFree() || tryAcquireSeen(word(), true);
    }

    /**
     * Takes the lock if it is free and meant for nobody: one CAS, and no look at who holds it. If not, {@link #tryAcquire} or
     * one of the waits says more.
     */
    public boolean tryAcquireFree() {
        if (memory.compareAndSetLong(base + RobustLockLayout.WORD, FREE, mine)) {
            raiseToken();
            return true;
        }
        return false;
    }

    /** @param barging whether to pass by an heir */
    private boolean tryAcquireSeen(long word, boolean barging) {
        long owner = ownerOf(word);
        if (owner == PartyId.NOBODY) {
            boolean setAside = (word & HAS_HEIR) != 0;
            return (!setAside || barging || isHeir() || isHeirGone()) && take(word, mine | word & ABANDONED, setAside);
        }
        if (owner == PartyId.CLOSED) {
            throw closed();
        }
        if (owner == participant.self() || !participant.isDead(owner)) {
            return false;
        }
        if (take(word, mine | ABANDONED | word & HAS_HEIR, false)) {
            memory.putLong(base + RobustLockLayout.FORMER, owner);
            return true;
        }
        return false;
    }

    private ClosedObjectException closed() {
        return new ClosedObjectException("the lock at " + base + " is closed: its structure was closed, for all");
    }

    private boolean take(long word, long update, boolean endsHeir) {
        if (!memory.compareAndSetLong(base + RobustLockLayout.WORD, word, update)) {
            return false;
        }
        raiseToken();
        if (endsHeir) {
            // An heir that registers at just this moment is forgotten, and registers again.
            memory.putLongVolatile(base + RobustLockLayout.HEIR, PartyId.NOBODY);
        }
        return true;
    }

    /** Released before the caller hears of it: a token that was seen is never given out twice. */
    private void raiseToken() {
        long at = base + RobustLockLayout.TOKEN;
        memory.putLongRelease(at, memory.getLong(at) + 1);
    }

    /**
     * Whether {@link #tryAcquire} would take it now.
     *
     * @throws ClosedObjectException if it was closed
     */
    public boolean isFree() {
        long owner = owner();
        if (owner == PartyId.CLOSED) {
            throw closed();
        }
        return owner == PartyId.NOBODY || owner != participant.self() && participant.isDead(owner);
    }

    /**
     * Waits until {@link #isFree}, and takes nothing; a wake-up that was meant for one who takes it is passed on.
     *
     * @return false if the deadline came first
     */
    public boolean awaitFree(Deadline deadline) throws InterruptedException {
        return waiter.await(waitWord, this::isFree, deadline);
    }

    /** Takes the lock, however long it takes; an interrupt only leaves its flag. */
    public void acquire() {
        if (!tryAcquireFree()) {
            try {
                slowAcquire(Deadline.never(), false);
            } catch (InterruptedException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    /**
     * Takes the lock unless the deadline passes before; one that has passed already means: try once.
     *
     * @return whether it was taken
     * @throws InterruptedException if the thread was interrupted on entry or while it waited; then it was not taken
     */
    public boolean acquire(Deadline deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return tryAcquireFree() || slowAcquire(deadline, true);
    }

    /** The same, and an interrupt only leaves its flag. */
    public boolean acquireUninterruptibly(Deadline deadline) {
        try {
            return tryAcquireFree() || slowAcquire(deadline, false);
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private boolean slowAcquire(Deadline deadline, boolean interruptible) throws InterruptedException {
        if (deadline.isExpired()) {
            return tryAcquire();
        }
        Deadline patience = Deadline.afterNanos(Math.min(STARVING_NANOS, deadline.remainingNanos()));
        if (await(waiter, waitWord, tryAgain, mayBeFree, patience, interruptible)) {
            return true;
        }
        Starving starving = new Starving();
        try {
            while (!starving.acquired && !deadline.isExpired()) {
                if (starving.becomeHeir()) {
                    await(heirWaiter, heirWord, starving.asHeir, mayBeFree, deadline, interruptible);
                } else if (await(waiter, waitWord, starving.asOther, mayBeFree, deadline, interruptible)
                        && !starving.acquired
                        && isSetAside()) {
                    starving.acquired = outwait(deadline, interruptible);
                }
            }
            return starving.acquired;
        } finally {
            starving.resign();
        }
    }

    /** The lock is free and set aside for another: after a while it is anybody's. */
    private boolean outwait(Deadline deadline, boolean interruptible) throws InterruptedException {
        Deadline grace = Deadline.afterNanos(Math.min(SET_ASIDE_NANOS, deadline.remainingNanos()));
        if (await(waiter, waitWord, tryAgain, mayBeFree, grace, interruptible)) {
            return true;
        }
        long word = word();
        return ownerOf(word) == PartyId.NOBODY
                && !deadline.isExpired()
                && take(word, mine | word & ABANDONED, (word & HAS_HEIR) != 0);
    }

    private static boolean await(
            Waiter waiter,
            WaitWord word,
            BooleanSupplier ready,
            BooleanSupplier more,
            Deadline deadline,
            boolean interruptible)
            throws InterruptedException {
        return interruptible
                ? waiter.await(word, ready, more, deadline)
                : waiter.awaitUninterruptibly(word, ready, more, deadline);
    }

    private boolean mayBeFree() {
        return ownerOf(word()) == PartyId.NOBODY;
    }

    private boolean isSetAside() {
        long word = word();
        return ownerOf(word) == PartyId.NOBODY && (word & HAS_HEIR) != 0;
    }

    /** One thread that has waited too long. Its suppliers say that there is something to do. */
    private final class Starving {
        private boolean acquired;
        private final BooleanSupplier asHeir = () -> tryNow() || !isHeirWithFlag();
        private final BooleanSupplier asOther = () -> tryNow() || isSetAside() || isHeirWanted();

        private boolean tryNow() {
            acquired = tryAcquireSeen(word(), false);
            return acquired;
        }

        /** If not, then whoever was given the lock has forgotten us, and no release would wake us. */
        private boolean isHeirWithFlag() {
            return isHeir() && (word() & HAS_HEIR) != 0;
        }

        private boolean isHeirWanted() {
            return heirThread == null && (isHeir() || isHeirGone());
        }

        /** Makes this thread the one that the next release is meant for, unless there is such a thread already. */
        boolean becomeHeir() {
            if (heirThread != Thread.currentThread() && !claimHeirThread()) {
                return false;
            }
            long at = base + RobustLockLayout.HEIR;
            long heir = memory.getLongVolatile(at);
            if (heir != participant.self()
                    && !(isHeirGone() && memory.compareAndSetLong(at, heir, participant.self()))) {
                heirThread = null;
                return false;
            }
            long word = word();
            while ((word & HAS_HEIR) == 0 && ownerOf(word) != PartyId.CLOSED) {
                if (memory.compareAndSetLong(base + RobustLockLayout.WORD, word, word | HAS_HEIR)) {
                    break;
                }
                word = word();
            }
            return true;
        }

        private boolean claimHeirThread() {
            synchronized (RobustLock.this) {
                if (heirThread != null) {
                    return false;
                }
                heirThread = Thread.currentThread();
                return true;
            }
        }

        /** Whether it got the lock or gave up: others may starve too. */
        void resign() {
            if (heirThread != Thread.currentThread()) {
                return;
            }
            heirThread = null;
            memory.compareAndSetLong(base + RobustLockLayout.HEIR, participant.self(), PartyId.NOBODY);
            // A release that still saw an heir has woken nobody.
            if (isSetAside()) {
                waitWord.wakeAfterCas(1);
            }
        }
    }

    private boolean isHeir() {
        Thread heir = heirThread;
        return (heir == null || heir == Thread.currentThread())
                && memory.getLongVolatile(base + RobustLockLayout.HEIR) == participant.self();
    }

    private boolean isHeirGone() {
        long heir = memory.getLongVolatile(base + RobustLockLayout.HEIR);
        return heir == PartyId.NOBODY || heir != participant.self() && participant.isDead(heir);
    }

    /** The repair hook of waiters: publishes the death of an owner, or of an heir, that nobody has noticed. */
    private void judgeOwner() {
        judge(ownerOf(word()));
        judge(memory.getLongVolatile(base + RobustLockLayout.HEIR));
    }

    private void judge(long partyId) {
        if (partyId != PartyId.NOBODY && partyId != PartyId.CLOSED && partyId != participant.self()) {
            participant.isDeadByWitnesses(partyId);
        }
    }

    /** Gives it back in order: whatever a dead owner had left is said to be set right. */
    public void release() {
        if (memory.compareAndSetLong(base + RobustLockLayout.WORD, mine, FREE)) {
            waitWord.wakeAfterCas(1);
        } else {
            releaseOther(0);
        }
    }

    /**
     * Gives it back, and the next one finds it abandoned: for an owner that could not complete what it was doing, or could
     * not repair what it found. Unless another died before, the former owner is this process then.
     */
    public void releaseAbandoned() {
        if (isHeldByThisProcess() && !isAbandoned()) {
            memory.putLong(base + RobustLockLayout.FORMER, participant.self());
        }
        releaseOther(ABANDONED);
    }

    /**
     * Gives it back in order for whoever holds it: for locks that another may release.
     *
     * @return false if nobody held it
     * @throws ClosedObjectException if it was closed
     */
    public boolean releaseForHolder() {
        long word;
        do {
            word = word();
            long owner = ownerOf(word);
            if (owner == PartyId.NOBODY) {
                return false;
            }
            if (owner == PartyId.CLOSED) {
                throw closed();
            }
        } while (!memory.compareAndSetLong(base + RobustLockLayout.WORD, word, word & HAS_HEIR));
        wakeNext(word);
        return true;
    }

    private void releaseOther(long left) {
        long word;
        do {
            word = checkedMine();
        } while (!memory.compareAndSetLong(base + RobustLockLayout.WORD, word, word & HAS_HEIR | left));
        wakeNext(word);
    }

    private void wakeNext(long word) {
        boolean heirCalled = (word & HAS_HEIR) != 0 && heirWord.wakeAfterCas(1);
        if (!heirCalled) {
            waitWord.wakeAfterCas(1);
        }
    }

    /** By its holder: nobody gets it any more, waiters fail. */
    public void close() {
        long word;
        do {
            word = checkedMine();
        } while (!memory.compareAndSetLong(base + RobustLockLayout.WORD, word, ownedBy(PartyId.CLOSED)));
        waitWord.wakeAll();
        heirWord.wakeAll();
    }

    /**
     * By anybody, whoever holds it: nobody gets it any more, waiters fail. Its holder is not waited for; a release finds
     * that it does not hold the lock any more.
     */
    public void closeForHolder() {
        memory.putLongVolatile(base + RobustLockLayout.WORD, ownedBy(PartyId.CLOSED));
        waitWord.wakeAll();
        heirWord.wakeAll();
    }

    private long checkedMine() {
        long word = word();
        if (ownerOf(word) != participant.self()) {
            throw new IllegalMonitorStateException("the lock at " + base + " is not held by this process but by "
                    + participant.describe(ownerOf(word)) + "; nothing was changed");
        }
        return word;
    }

    /** By its holder: whether an owner died holding it, and nobody has released it in order since. */
    public boolean isAbandoned() {
        return (word() & ABANDONED) != 0;
    }

    /** By a holder that found it abandoned: the party id of the last one that died holding it. */
    public long formerOwner() {
        return memory.getLong(base + RobustLockLayout.FORMER);
    }

    /** By its holder: the number of this acquisition; each is higher than all before. */
    public long token() {
        return memory.getLongAcquire(base + RobustLockLayout.TOKEN);
    }

    /** The party id of whoever holds it, {@link PartyId#NOBODY} or {@link PartyId#CLOSED}; may be outdated at once. */
    public long owner() {
        return ownerOf(word());
    }

    public boolean isHeldByThisProcess() {
        return ownerOf(word()) == participant.self();
    }

    /**
     * By its holder, for messages only.
     *
     * @return whether another thread, of this or another process, had noted itself last
     */
    public boolean noteThread(long threadId) {
        long note = participant.self() << Integer.SIZE | threadId & THREAD_MASK;
        if (memory.getLongOpaque(base + RobustLockLayout.THREAD) == note) {
            return false;
        }
        memory.putLongOpaque(base + RobustLockLayout.THREAD, note);
        return true;
    }

    /** The id of the thread that noted itself last. */
    public long notedThread() {
        return memory.getLongOpaque(base + RobustLockLayout.THREAD) & THREAD_MASK;
    }

    /** Whether threads seem to wait for it. */
    public boolean hasWaiters() {
        return waitWord.hasSleepers() || heirWord.hasSleepers();
    }

    private long word() {
        return memory.getLongVolatile(base + RobustLockLayout.WORD);
    }

    /** For messages: who holds it. */
    @Override
    public String toString() {
        long owner = owner();
        if (owner == PartyId.CLOSED) {
            return "closed";
        }
        return owner == PartyId.NOBODY ? "free" : "held by " + participant.describe(owner) + " thread " + notedThread();
    }
}
