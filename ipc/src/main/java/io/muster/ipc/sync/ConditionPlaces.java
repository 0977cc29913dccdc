package io.muster.ipc.sync;

import static io.muster.ipc.sync.ConditionLayout.FREE;
import static io.muster.ipc.sync.ConditionLayout.MOVED;
import static io.muster.ipc.sync.ConditionLayout.NOTIFIED;
import static io.muster.ipc.sync.ConditionLayout.WAITING;
import static io.muster.ipc.sync.ConditionLayout.party;
import static io.muster.ipc.sync.ConditionLayout.phase;
import static io.muster.ipc.sync.ConditionLayout.state;

import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.PartyId;
import io.muster.ipc.wait.WaitWord;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * The places of a condition in shared memory: who waits, and who was notified. Except where it is said, only the holder of
 * the condition's lock may call.
 *
 * <p>Death: {@link #repair} sets right what any number of dead left, and may die itself. A notification for a waiter that
 * died before it consumed it goes to exactly one other.
 */
final class ConditionPlaces {
    static final int NONE = -1;

    private final Participant participant;
    private final Memory memory;
    private final long base;
    private final int places;
    private final Consumer<WaitWord> notified;
    private final AtomicReferenceArray<WaitWord> words;

    /** @param notified is given the word of everybody who is notified, to be woken after the unlock */
    ConditionPlaces(Participant participant, Memory memory, long base, Consumer<WaitWord> notified) {
        this.participant = participant;
        this.memory = memory;
        this.base = base;
        this.notified = notified;
        places = memory.getInt(base + ConditionLayout.PLACES);
        if (places < 1 || places > SharedCondition.MOST_WAITERS) {
            throw new CorruptSegmentException("a condition for " + places + " waiters: these bytes were overwritten");
        }
        words = new AtomicReferenceArray<>(places);
    }

    /** Initialises zeroed bytes that nobody knows yet. */
    static void format(Memory memory, long base, int places) {
        memory.putInt(base + ConditionLayout.PLACES, places);
    }

    int size() {
        return places;
    }

    /** By any thread: the word that the waiter in that place sleeps on. */
    WaitWord word(int index) {
        WaitWord word = words.get(index);
        if (word == null) {
            word = participant
                    .waitWord(memory, at(index) + ConditionLayout.WAIT)
                    .forOneWaiter();
            words.set(index, word);
        }
        return word;
    }

    /** This process's thread waits from now on; returns its place, or {@link #NONE} if all are taken. */
    int enlist() {
        int limit = limit();
        int index = 0;
        while (index < limit && stateOf(index) != FREE) {
            index++;
        }
        if (index == places) {
            return NONE;
        }
        if (index == limit) {
            memory.putIntRelease(base + ConditionLayout.LIMIT, limit + 1);
        }
        long ticket = memory.getLong(base + ConditionLayout.LAST_TICKET) + 1;
        memory.putLong(base + ConditionLayout.LAST_TICKET, ticket);
        memory.putLong(at(index) + ConditionLayout.TICKET, ticket);
        publish(index, state(WAITING, participant.self()));
        return index;
    }

    /** By any thread, for its own place: whether nobody has notified it. */
    boolean isWaiting(int index) {
        return phase(stateOf(index)) == WAITING;
    }

    /** Its waiter leaves, notified or not. */
    void leave(int index) {
        publish(index, FREE);
        lowerLimit();
    }

    private void lowerLimit() {
        int limit = limit();
        int lower = limit;
        while (lower > 0 && stateOf(lower - 1) == FREE) {
            lower--;
        }
        if (lower != limit) {
            memory.putIntRelease(base + ConditionLayout.LIMIT, lower);
        }
    }

    /** Notifies those that have waited longest, at most so many; returns how many. */
    int signal(int most) {
        int limit = limit();
        int count = 0;
        if (most >= limit) {
            for (int index = 0; index < limit; index++) {
                if (isWaitingAndAlive(index)) {
                    notifyPlace(index);
                    count++;
                }
            }
            return count;
        }
        for (; count < most; count++) {
            int index = longestWaiting(limit);
            if (index == NONE) {
                break;
            }
            notifyPlace(index);
        }
        return count;
    }

    private int longestWaiting(int limit) {
        int found = NONE;
        for (int index = 0; index < limit; index++) {
            if (isWaitingAndAlive(index) && (found == NONE || ticketOf(index) < ticketOf(found))) {
                found = index;
            }
        }
        return found;
    }

    private boolean isWaitingAndAlive(int index) {
        long state = stateOf(index);
        return phase(state) == WAITING && !isDead(state);
    }

    private void notifyPlace(int index) {
        publish(index, state(NOTIFIED, party(stateOf(index))));
        notified.accept(word(index));
    }

    /** Sets right what the dead left: frees their places, and passes on notifications that they never consumed. */
    void repair() {
        // Whoever was notified in place of the dead may have died too.
        while (repairAll() && isRepairWanted()) {}
        lowerLimit();
    }

    /** Whether it passed on any notification. */
    private boolean repairAll() {
        int limit = limit();
        boolean passedOn = false;
        for (int index = 0; index < limit; index++) {
            long state = stateOf(index);
            switch (phase(state)) {
                case FREE:
                    break;
                case MOVED:
                    finishMove(index);
                    passedOn = true;
                    break;
                case NOTIFIED:
                    if (isDead(state)) {
                        passOn(index, state, limit);
                        passedOn = true;
                    }
                    break;
                case WAITING:
                    if (isDead(state)) {
                        publish(index, FREE);
                    }
                    break;
                default:
                    throw new CorruptSegmentException("0x" + Long.toHexString(state) + " stands where the state of a"
                            + " waiter should: these bytes were overwritten by somebody");
            }
        }
        return passedOn;
    }

    private void passOn(int index, long state, int limit) {
        int next = longestWaiting(limit);
        if (next == NONE) {
            publish(index, FREE);
            return;
        }
        // The ticket of a place whose waiter is dead and notified says nothing any more, until it is MOVED.
        memory.putLong(at(index) + ConditionLayout.TICKET, ticketOf(next));
        publish(index, state(MOVED, party(state)));
        finishMove(index);
    }

    /** If that waiter is not found waiting, whoever began this has notified it already. */
    private void finishMove(int index) {
        long ticket = ticketOf(index);
        int limit = limit();
        for (int other = 0; other < limit; other++) {
            if (phase(stateOf(other)) == WAITING && ticketOf(other) == ticket) {
                notifyPlace(other);
                break;
            }
        }
        publish(index, FREE);
    }

    /** By any thread: whether a notification lies with somebody who is dead by the table, so that a repair is wanted. */
    boolean isRepairWanted() {
        int limit = limit();
        for (int index = 0; index < limit; index++) {
            long state = stateOf(index);
            if (phase(state) == MOVED || phase(state) == NOTIFIED && isPartyOf(state) && isDead(state)) {
                return true;
            }
        }
        return false;
    }

    /** By any thread: hears the witnesses on everybody else who waits or was notified here. */
    void judgeAll() {
        BitSet judged = new BitSet();
        int limit = limit();
        for (int index = 0; index < limit; index++) {
            long state = stateOf(index);
            int slot = PartyId.slot(party(state));
            if (state != FREE && isPartyOf(state) && party(state) != participant.self() && !judged.get(slot)) {
                judged.set(slot);
                participant.isDeadByWitnesses(party(state));
            }
        }
    }

    /** By any thread: how many of the living wait and are not notified, as of some moment. */
    int waiters() {
        int count = 0;
        int limit = limit();
        for (int index = 0; index < limit; index++) {
            if (isPartyOf(stateOf(index)) && isWaitingAndAlive(index)) {
                count++;
            }
        }
        return count;
    }

    /** By any thread: wakes all who sleep here, as there is nothing to wait for any more. */
    void wakeAll() {
        int limit = limit();
        for (int index = 0; index < limit; index++) {
            word(index).wakeAll();
        }
    }

    private boolean isPartyOf(long state) {
        return party(state) != PartyId.NOBODY
                && PartyId.slot(party(state)) < participant.place().capacity();
    }

    private boolean isDead(long state) {
        return participant.isDead(party(state));
    }

    private long stateOf(int index) {
        return memory.getLongVolatile(at(index) + ConditionLayout.STATE);
    }

    private void publish(int index, long state) {
        memory.putLongVolatile(at(index) + ConditionLayout.STATE, state);
    }

    private long ticketOf(int index) {
        return memory.getLong(at(index) + ConditionLayout.TICKET);
    }

    private int limit() {
        int limit = memory.getIntVolatile(base + ConditionLayout.LIMIT);
        if (limit < 0 || limit > places) {
            throw new CorruptSegmentException(
                    "a condition with " + limit + " of " + places + " places in use: these bytes were overwritten");
        }
        return limit;
    }

    private long at(int index) {
        return base + ConditionLayout.place(index);
    }
}
