package io.muster.ipc.memory;

import static io.muster.ipc.memory.PlaceLayout.DEAD;
import static io.muster.ipc.memory.PlaceLayout.FREE;
import static io.muster.ipc.memory.PlaceLayout.LIVE;
import static io.muster.ipc.memory.PlaceLayout.RESERVED;

import io.muster.ipc.memory.Witness.Testimony;
import java.lang.System.Logger.Level;

/**
 * Says who is dead, and makes it true for everybody.
 *
 * <pre>
 *   RESERVED -> DEAD    its reserver is dead, or says that the child has ended
 *   LIVE     -> DEAD    its lock can be had, and the second witness does not see it run
 *   LIVE     -> DEAD    its lock cannot be had yet, and the second witness sees it end: by a compare-and-set, as whoever has the
 *                       lock by then may publish too
 * </pre>
 *
 * A sentence is published in the table before anyone acts on it, so no two parties can differ about a death, and no
 * late child can come back from it. Then it is announced: {@code deaths} rises and all sleepers are woken. A judge
 * killed between the two leaves a sentence that is not announced; whoever sees that announces it.
 */
final class Judge {
    /** How often a slot may change under our eyes before we leave the question to the next time. */
    private static final int MOST_LOOKS = 8;

    private final Memory memory;
    private final PartyTable table;
    private final PlaceLocks locks;
    private final Witness witness;
    private final WakeUp wakeUp;
    private volatile long lostLockReported;

    Judge(Memory memory, PartyTable table, PlaceLocks locks, Witness witness, WakeUp wakeUp) {
        this.memory = memory;
        this.table = table;
        this.locks = locks;
        this.witness = witness;
        this.wakeUp = wakeUp;
    }

    /** What the table says by itself, at the cost of one load. */
    boolean isPublishedDead(long id) {
        long state = table.state(PartyId.slot(id));
        return PlaceLayout.incarnation(state) != PartyId.incarnation(id) || PlaceLayout.phase(state) == DEAD;
    }

    Judgement judge(long id, long self) {
        if (id == self) {
            return Judgement.ALIVE;
        }
        int slot = PartyId.slot(id);
        for (int look = 0; look < MOST_LOOKS; look++) {
            long state = table.state(slot);
            if (isPublishedDead(id)) {
                announceIfNobodyDid(slot);
                return Judgement.DEAD;
            }
            if (PlaceLayout.phase(state) == RESERVED && !isReserverDead(slot, self)) {
                return Judgement.ALIVE;
            }
            // Somebody has it: the party itself, a judge that will be done before we ask again, or its successor.
            if (!locks.tryLock(slot)) {
                return isPublishedDead(id) || condemnIfSeenToEnd(slot, state) ? Judgement.DEAD : Judgement.ALIVE;
            }
            try {
                if (table.state(slot) == state) {
                    return condemnIfDead(slot, self) ? Judgement.DEAD : Judgement.ALIVE;
                }
            } finally {
                locks.unlock(slot);
            }
        }
        return Judgement.ALIVE;
    }

    /** With the slot's lock held: true if nobody lives there, now also by the table. */
    boolean condemnIfDead(int slot, long self) {
        long state = table.state(slot);
        long incarnation = PlaceLayout.incarnation(state);
        switch (PlaceLayout.phase(state)) {
            case FREE:
                return true;
            case DEAD:
                announceIfNobodyDid(slot);
                return true;
            case RESERVED:
                return isReserverDead(slot, self) && sentence(slot, incarnation);
            case LIVE:
                return PartyId.of(slot, incarnation) != self && !isSeenAlive(slot) && sentence(slot, incarnation);
            default:
                throw new CorruptSegmentException(
                        "slot " + slot + " of a party table is " + PlaceLayout.phaseName(PlaceLayout.phase(state)));
        }
    }

    /** With the slot's lock held, by the one who knows that the child reserved there has ended. */
    boolean condemnReserved(int slot, long incarnation) {
        return table.state(slot) == PlaceLayout.stateWord(RESERVED, incarnation) && sentence(slot, incarnation);
    }

    /** Without the slot's lock: what the slot says of a process is its own as long as the state is the same. */
    private boolean condemnIfSeenToEnd(int slot, long state) {
        if (PlaceLayout.phase(state) != LIVE
                || !witness.isEnding(table.pid(slot), table.startTicks(slot), table.pidNamespace(slot))) {
            return false;
        }
        boolean published = table.publishInsteadOf(slot, state, DEAD);
        if (published) {
            announce(slot, PlaceLayout.incarnation(state));
        }
        return published || isPublishedDead(PartyId.of(slot, PlaceLayout.incarnation(state)));
    }

    private boolean isReserverDead(int slot, long self) {
        // Read under a state that is looked at again once the lock is had: a slot given away meanwhile does no harm.
        long reserver = table.reserver(slot);
        return reserver == PartyId.NOBODY
                || PartyId.slot(reserver) >= table.capacity()
                || judge(reserver, self) == Judgement.DEAD;
    }

    private boolean isSeenAlive(int slot) {
        long pid = table.pid(slot);
        Testimony testimony = witness.of(pid, table.startTicks(slot), table.pidNamespace(slot));
        if (testimony == Testimony.RUNS && lostLockReported != pid) {
            lostLockReported = pid;
            System.getLogger(Judge.class.getName())
                    .log(
                            Level.WARNING,
                            "process " + pid + " ('" + table.name(slot) + "') runs but has lost its lock on the file"
                                    + " 'live': some library there opened and closed it. Nothing is taken from it;"
                                    + " its death will be noticed by its pid alone.");
        }
        return testimony == Testimony.RUNS || testimony == Testimony.UNKNOWN;
    }

    private boolean sentence(int slot, long incarnation) {
        table.publish(slot, DEAD, incarnation);
        announce(slot, incarnation);
        return true;
    }

    private void announceIfNobodyDid(int slot) {
        long state = table.state(slot);
        if (PlaceLayout.phase(state) == DEAD && table.announced(slot) != PlaceLayout.incarnation(state)) {
            announce(slot, PlaceLayout.incarnation(state));
        }
    }

    /** Marked as done at the end only: a second announcement is harmless, a missing one leaves sleepers asleep. */
    private void announce(int slot, long incarnation) {
        memory.getAndAddInt(PlaceLayout.DEATHS, 1);
        if (memory.getIntVolatile(PlaceLayout.WATCHED) != 0) {
            wakeUp.wakeAll(memory, PlaceLayout.DEATHS);
        }
        table.setAnnounced(slot, incarnation);
    }
}
