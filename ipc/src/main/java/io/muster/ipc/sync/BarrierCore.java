package io.muster.ipc.sync;

import static io.muster.ipc.sync.BarrierLayout.BROKEN;
import static io.muster.ipc.sync.BarrierLayout.FILLING;
import static io.muster.ipc.sync.BarrierLayout.TRIPPING;
import static io.muster.ipc.sync.BarrierLayout.arrived;
import static io.muster.ipc.sync.BarrierLayout.generation;
import static io.muster.ipc.sync.BarrierLayout.phase;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.Lease;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.PartyCells;
import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.PartyId;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.WaitWord;
import io.muster.ipc.wait.Waiter;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** A barrier in this process. */
final class BarrierCore extends GuardedCore implements Lease.Owner {
    private final long base;
    private final int parties;
    private final long arrivals;
    private final Lease lease;
    private final PartyCells leases;
    private final WaitWord word;
    private final Waiter waiter = Waiter.builder().repair(this::judgeParties).build();

    BarrierCore(Participant participant, Cell cell) {
        super(participant, cell, cell.body() + BarrierLayout.LOCK, cell.body() + BarrierLayout.SEEN, "SharedBarrier");
        this.base = cell.body();
        this.parties = memory.getInt(base + BarrierLayout.PARTIES);
        this.arrivals = base + BarrierLayout.arrivals(participant.place().capacity());
        this.lease = new Lease(participant, memory, base + BarrierLayout.LEASES, this);
        this.leases = lease.cells();
        this.word = participant.waitWord(memory, base + BarrierLayout.WAIT);
    }

    /** @param capacity of the place's party table */
    static long bodyBytes(int capacity, int parties) {
        return BarrierLayout.bodyBytes(capacity, parties);
    }

    static void format(Cell cell, int parties) {
        cell.memory().putIntRelease(cell.body() + BarrierLayout.PARTIES, parties);
    }

    private long state() {
        return memory.getLongVolatile(base + BarrierLayout.STATE);
    }

    private void publish(long state) {
        memory.putLongVolatile(base + BarrierLayout.STATE, state);
    }

    int parties() {
        return parties;
    }

    // Who may be missed

    /** This process's. */
    Lease lease() {
        return lease;
    }

    @Override
    public void admit(Lease mine, boolean newcomer, Runnable publish) {
        enter();
        boolean done = false;
        try {
            publish.run();
            done = true;
        } finally {
            leave(done);
        }
    }

    @Override
    public void left(Lease mine) {
        // It is not missed, and nobody waits for that.
    }

    @Override
    public boolean isOpen() {
        return cell().isOpen();
    }

    /** Breaks it if somebody died that may be missed. */
    @Override
    void repair() {
        if (phase(state()) != BROKEN) {
            long dead = deadParty();
            if (dead != PartyId.NOBODY) {
                breakFor(dead);
            }
        }
    }

    private long deadParty() {
        long state = state();
        for (int place = 0; place < Math.min(arrived(state), parties); place++) {
            long party = arrival(place);
            if (participant().isDead(party)) {
                return party;
            }
        }
        return leases.deadHolder();
    }

    private long arrival(int place) {
        return memory.getLongVolatile(arrivals + (long) place * Long.BYTES);
    }

    /** The tripper is the last that arrived. */
    private void judgeParties() {
        judgeLockOwner();
        leases.judgeHolders();
        for (int place = 0; place < Math.min(arrived(state()), parties); place++) {
            long party = arrival(place);
            if (party != PartyId.NOBODY && party != participant().self()) {
                participant().isDeadByWitnesses(party);
            }
        }
    }

    /** Under the lock. */
    private void breakFor(long dead) {
        memory.putLong(base + BarrierLayout.BREAKER, dead);
        publish(BarrierLayout.next(state(), false, BROKEN));
        word.wakeAll();
    }

    // Passing

    int await(Runnable action, Deadline deadline)
            throws InterruptedException, BrokenBarrierException, TimeoutException {
        if (Thread.interrupted()) {
            abort();
            throw new InterruptedException();
        }
        long before = enterFilling(deadline);
        boolean last = arrived(before) + 1 == parties;
        boolean done = false;
        try {
            memory.putLong(
                    arrivals + (long) arrived(before) * Long.BYTES,
                    participant().self());
            if (!last) {
                publish(before + 1);
            } else if (action == null) {
                publish(BarrierLayout.next(before, true, FILLING));
            } else {
                publish(BarrierLayout.tripping(before));
            }
            done = true;
        } finally {
            leave(done);
        }
        if (!last) {
            awaitPass(generation(before), deadline);
        } else if (action == null) {
            waiter.noteWoke(word.wakeAll());
        } else {
            trip(generation(before), action);
        }
        return parties - 1 - arrived(before);
    }

    /** Takes the lock when the former pass is over; returns the state. */
    private long enterFilling(Deadline deadline) throws InterruptedException, BrokenBarrierException, TimeoutException {
        while (true) {
            if (!enter(deadline, true)) {
                throw new TimeoutException(this + ": a process that is stopped inside it kept this one out");
            }
            long state = state();
            boolean damaged = arrived(state) >= parties;
            if (phase(state) == FILLING && !damaged) {
                return state;
            }
            leave(true);
            if (phase(state) == FILLING) {
                throw new CorruptSegmentException(this + ": " + arrived(state) + " of " + parties
                        + " parties wait for the others; the barrier was overwritten by somebody");
            }
            if (phase(state) == BROKEN) {
                throw broken();
            }
            if (!awaitMove(generation(state), deadline)) {
                throw new TimeoutException(this + ": the action of the pass before runs still");
            }
        }
    }

    private void awaitPass(long generation, Deadline deadline)
            throws InterruptedException, BrokenBarrierException, TimeoutException {
        try {
            if (!awaitMove(generation, deadline) && breakGeneration(generation)) {
                throw new TimeoutException(
                        this + ": not all " + parties + " parties came in time; reset() makes it usable again");
            }
        } catch (InterruptedException e) {
            if (breakGeneration(generation)) {
                throw e;
            }
            Thread.currentThread().interrupt();
        }
        if (!BarrierLayout.hasPassed(generation, state())) {
            throw broken();
        }
    }

    /** Waits until that generation is over. */
    private boolean awaitMove(long generation, Deadline deadline) throws InterruptedException {
        BooleanSupplier ready = () -> {
            if (generation(state()) != generation) {
                return true;
            }
            checkOpen();
            return isDeathUnseen();
        };
        while (generation(state()) == generation) {
            if (!waiter.await(word, ready, deadline)) {
                return false;
            }
            if (generation(state()) == generation && enter(deadline, true)) {
                leave(true);
            }
        }
        return true;
    }

    /** False if that generation is over. If a process is stopped inside, nothing is broken: the next who gives up may do it. */
    private boolean breakGeneration(long generation) {
        if (!cell().isOpen()) {
            return false;
        }
        if (!enterBriefly()) {
            return generation(state()) == generation;
        }
        boolean done = false;
        boolean mine;
        try {
            mine = generation(state()) == generation;
            if (mine) {
                breakFor(PartyId.NOBODY);
            }
            done = true;
        } finally {
            leave(done);
        }
        return mine;
    }

    private void trip(long generation, Runnable action) throws BrokenBarrierException {
        boolean ran = false;
        try {
            action.run();
            ran = true;
        } finally {
            finishTrip(generation, ran);
        }
        if (!BarrierLayout.hasPassed(generation, state())) {
            throw broken();
        }
    }

    private void finishTrip(long generation, boolean ran) {
        enter();
        boolean done = false;
        try {
            long state = state();
            if (generation(state) == generation && phase(state) == TRIPPING) {
                if (ran) {
                    publish(BarrierLayout.next(state, true, FILLING));
                } else {
                    breakFor(PartyId.NOBODY);
                }
            }
            done = true;
        } finally {
            leave(done);
        }
        word.wakeAll();
    }

    void abort() {
        enter();
        boolean done = false;
        try {
            if (phase(state()) != BROKEN) {
                breakFor(PartyId.NOBODY);
            }
            done = true;
        } finally {
            leave(done);
        }
    }

    void reset() {
        enter();
        boolean done = false;
        try {
            leases.clearDead();
            memory.putLong(base + BarrierLayout.BREAKER, PartyId.NOBODY);
            publish(BarrierLayout.next(state(), false, FILLING));
            done = true;
        } finally {
            leave(done);
        }
        word.wakeAll();
    }

    // Looking

    private void look() {
        checkOpen();
        if (isDeathUnseen() && enterBriefly()) {
            leave(true);
        }
    }

    boolean isBroken() {
        look();
        return phase(state()) == BROKEN;
    }

    int waiting() {
        look();
        return arrived(state());
    }

    private BrokenBarrierException broken() {
        long dead = memory.getLongVolatile(base + BarrierLayout.BREAKER);
        String why = dead == PartyId.NOBODY
                ? "a party gave up, or it was aborted or reset"
                : participant().describe(dead) + " ended before it had closed its handle";
        return new BrokenBarrierException(what() + " " + cell() + " of " + parties + " parties is broken: " + why
                + "; reset() makes it usable again");
    }

    @Override
    void wakeEverybody() {
        word.wakeAll();
    }

    @Override
    public String toString() {
        long state = state();
        String now = !cell().isOpen()
                ? "closed"
                : phase(state) == BROKEN ? "broken" : arrived(state) + " of " + parties + " waiting";
        return what() + "[" + cell() + ", " + now + "]";
    }
}
