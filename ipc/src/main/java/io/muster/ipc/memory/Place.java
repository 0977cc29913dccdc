package io.muster.ipc.memory;

import static io.muster.ipc.memory.PlaceLayout.DEAD;
import static io.muster.ipc.memory.PlaceLayout.FREE;
import static io.muster.ipc.memory.PlaceLayout.LIVE;
import static io.muster.ipc.memory.PlaceLayout.RESERVED;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/**
 * Where processes meet: a table with one slot for each, in which every one of them can read who is alive.
 *
 * <p>A process that takes part is a <em>party</em> and has an id, see {@link PartyId}. Owner words of locks, queues and
 * the like hold such ids. Whether the owner still lives is asked in two steps: {@link #isDead} looks at the table and
 * costs a load; {@link #judge} hears the witnesses, costs some 30 microseconds, and belongs before a sleep and once
 * per slice of it.
 *
 * <p>Thread-safety: all methods may be called by any thread; none waits for another process longer than it says.
 * Death: a party killed at any instruction leaves its slot so that others can find it dead and use it again.
 */
public final class Place {
    private static final long JOIN_LIMIT_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long REAP_LIMIT_NANOS = Duration.ofMillis(50).toNanos();
    private static final long RETRY_NANOS = 100_000;
    private static final int SLOTS_OF_JOINERS = 8;

    private final Memory memory;
    private final PartyTable table;
    private final PlaceLocks locks;
    private final Judge judge;
    private final Self process;
    private volatile long self;

    Place(Memory memory, PlaceLocks locks, Witness witness, WakeUp wakeUp, Self process) {
        this.memory = memory;
        this.table = new PartyTable(memory);
        this.locks = locks;
        this.judge = new Judge(memory, table, locks, witness, wakeUp);
        this.process = process;
    }

    /** Takes any free slot, and the lock on it for life. */
    long join(String name) {
        int slot = take(name, PartyId.NOBODY, LIVE);
        self = PartyId.of(slot, PlaceLayout.incarnation(table.state(slot)));
        memory.getAndAddInt(PlaceLayout.JOINS, 1);
        return self;
    }

    /** Takes the slot that the parent reserved, and the lock on it for life. */
    long joinReserved(long id) {
        int slot = PartyId.slot(id);
        long reserved = PlaceLayout.stateWord(RESERVED, PartyId.incarnation(id));
        long start = System.nanoTime();
        while (!locks.tryLock(slot)) {
            // A judge has it for a moment: unless it was stopped there, which is why this ends.
            if (table.state(slot) != reserved || System.nanoTime() - start > JOIN_LIMIT_NANOS) {
                throw cannotJoin(slot, reserved);
            }
            pause();
        }
        if (table.state(slot) != reserved) {
            locks.unlock(slot);
            throw cannotJoin(slot, reserved);
        }
        table.writeProcess(slot, process);
        table.publish(slot, LIVE, PartyId.incarnation(id));
        self = id;
        memory.getAndAddInt(PlaceLayout.JOINS, 1);
        return id;
    }

    private PlaceException cannotJoin(int slot, long reserved) {
        long state = table.state(slot);
        String why = state == reserved
                ? "another process has held its lock for " + JOIN_LIMIT_NANOS / 1_000_000_000 + " s"
                : "it is " + PlaceLayout.phaseName(PlaceLayout.phase(state)) + " now: the parent has ended or has given"
                        + " this child up";
        return new PlaceException("this process cannot take slot " + slot + " that its parent reserved: " + why);
    }

    /** This process's own id; constant. */
    public long self() {
        return self;
    }

    /**
     * Sets a slot aside for a child that is about to be started. It counts as alive as long as this process is, until
     * the child joins or {@link #reaped} is called.
     *
     * @param name of the child, for messages and tools; what is beyond 63 bytes of UTF-8 is cut off
     * @return the child's party id
     * @throws PlaceException if all slots are taken by parties that are alive
     */
    public long reserve(String name) {
        Objects.requireNonNull(name, "name");
        try {
            int slot = take(name, self, RESERVED);
            long id = PartyId.of(slot, PlaceLayout.incarnation(table.state(slot)));
            locks.unlock(slot);
            return id;
        } catch (InternalError e) {
            throw MemoryFault.translate(e, "the party table");
        }
    }

    /**
     * Says that a child of this process has ended: for whoever has waited for the end of the process. Publishes its
     * death and wakes everybody who sleeps in this place. Waits at most 50 ms for a judge who is looking at it just now.
     *
     * @return {@link Judgement#ALIVE} if it is still there in spite of that, such as when a script that started it ended
     */
    public Judgement reaped(long childId) {
        int slot = checkedSlot(childId);
        long start = System.nanoTime();
        try {
            while (!judge.isPublishedDead(childId)) {
                if (locks.tryLock(slot)) {
                    return condemnLocked(slot, childId);
                }
                if (System.nanoTime() - start > REAP_LIMIT_NANOS) {
                    return Judgement.ALIVE;
                }
                pause();
            }
            return judge.judge(childId, self);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, "the party table");
        }
    }

    private Judgement condemnLocked(int slot, long childId) {
        try {
            long incarnation = PartyId.incarnation(childId);
            if (judge.isPublishedDead(childId)) {
                return judge.judge(childId, self);
            }
            boolean dead = judge.condemnReserved(slot, incarnation) || judge.condemnIfDead(slot, self);
            return dead ? Judgement.DEAD : Judgement.ALIVE;
        } finally {
            locks.unlock(slot);
        }
    }

    /** Whether the table says that it is dead: a single load. Once true, it stays true. */
    public boolean isDead(long partyId) {
        checkedSlot(partyId);
        return judge.isPublishedDead(partyId);
    }

    /** Hears the witnesses; if they agree that it is dead, publishes that and wakes all sleepers, then returns. */
    public Judgement judge(long partyId) {
        checkedSlot(partyId);
        try {
            return judge.judge(partyId, self);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, "the party table");
        }
    }

    /**
     * Says that the process with this pid has ended, as its parent knows: judges whoever had that pid here. For places in which
     * a parent has reserved nothing for its children; another process that has the pid by now is seen alive, and stays so.
     */
    public void ended(long pid) {
        try {
            for (int slot = 0; slot < table.capacity(); slot++) {
                long state = table.state(slot);
                if (PlaceLayout.phase(state) == LIVE && table.pid(slot) == pid) {
                    judge.judge(PartyId.of(slot, PlaceLayout.incarnation(state)), self);
                }
            }
        } catch (InternalError e) {
            throw MemoryFault.translate(e, "the party table");
        }
    }

    /** Whether a party other than this one has that pid and lives, as far as can be told; judges those that have it. */
    public boolean isUsedBy(long pid) {
        try {
            for (int slot = 0; slot < table.capacity(); slot++) {
                long state = table.state(slot);
                if (PlaceLayout.phase(state) == LIVE && table.pid(slot) == pid) {
                    long id = PartyId.of(slot, PlaceLayout.incarnation(state));
                    if (id != self) {
                        judge.judge(id, self);
                        if (!isDead(id)) {
                            return true;
                        }
                    }
                }
            }
            return false;
        } catch (InternalError e) {
            throw MemoryFault.translate(e, "the party table");
        }
    }

    /**
     * Hears the witnesses on the other parties, as {@link #judge} does: for who depends on all of them. Costs some microseconds
     * for each that lives. One may be missed while many others stand still on their way to a slot.
     */
    public void judgeOthers() {
        try {
            // The lowest slots are taken first: behind a few that were never used there are no others.
            for (int slot = 0, free = 0; slot < table.capacity() && free < SLOTS_OF_JOINERS; slot++) {
                long state = table.state(slot);
                int phase = PlaceLayout.phase(state);
                free = phase == FREE ? free + 1 : 0;
                if (phase == LIVE) {
                    judge.judge(PartyId.of(slot, PlaceLayout.incarnation(state)), self);
                }
            }
        } catch (InternalError e) {
            throw MemoryFault.translate(e, "the party table");
        }
    }

    /**
     * The party that has a slot, or had it last, be it alive or dead; {@link PartyId#NOBODY} if nobody ever had it. A load.
     *
     * @param slot 0 to {@link #capacity()} - 1
     */
    public long partyIn(int slot) {
        long state = table.state(slot);
        return PlaceLayout.phase(state) == FREE ? PartyId.NOBODY : PartyId.of(slot, PlaceLayout.incarnation(state));
    }

    private int checkedSlot(long partyId) {
        int slot = PartyId.slot(partyId);
        if (partyId <= PartyId.NOBODY || partyId >= PartyId.CLOSED || slot >= table.capacity()) {
            throw new IllegalArgumentException("0x" + Long.toHexString(partyId) + " is no id of a party here");
        }
        return slot;
    }

    /** The party table's bytes, for the words below. */
    public Memory memory() {
        return memory;
    }

    /**
     * Where the 32-bit count of deaths lies in {@link #memory()}, to sleep on: it rises at every death, and sleepers are
     * woken. Asking for it tells the place that somebody may sleep there; before that, nobody is ever woken.
     */
    public long deathsOffset() {
        memory.putIntVolatile(PlaceLayout.WATCHED, 1);
        return PlaceLayout.DEATHS;
    }

    /** How many deaths were announced so far, wrapping around. */
    public int deaths() {
        return memory.getIntVolatile(PlaceLayout.DEATHS);
    }

    /** How many slots the table has: the length of arrays with one word per party. */
    public int capacity() {
        return table.capacity();
    }

    /** The processors that the root process may use; a child is often given a share and sees less. */
    public int processors() {
        return memory.getInt(PlaceLayout.PROCESSORS);
    }

    /** Everybody whom the table names, the dead included until their slots are taken again. */
    public List<Party> parties() {
        List<Party> parties = new ArrayList<>();
        try {
            for (int slot = 0; slot < table.capacity(); slot++) {
                Party party = table.party(slot);
                if (party != null) {
                    parties.add(party);
                }
            }
        } catch (InternalError e) {
            throw MemoryFault.translate(e, "the party table");
        }
        return parties;
    }

    /** For messages: who that is or was. */
    public String describe(long partyId) {
        Party party = table.party(checkedSlot(partyId));
        return party != null && party.id() == partyId ? party.toString() : "a party that has ended";
    }

    /** Says that this process needs nothing of the place any more; it stays alive by the table until it really ends. */
    void markLeaving() {
        table.setExitMark(PartyId.slot(self));
    }

    /** A number for a new named object of this place; none is ever given twice. */
    public int nextObjectNumber() {
        return memory.getAndAddInt(PlaceLayout.OBJECTS, 1) + 1;
    }

    /**
     * Takes the right to remove files of named objects, for a moment; false if another thread of any process has it. The
     * kernel takes it from a process that is killed.
     */
    public boolean tryLockNames() {
        return locks.tryLockNames();
    }

    /** Gives up what {@link #tryLockNames} gave. */
    public void unlockNames() {
        locks.unlockNames();
    }

    /** Returns with the slot's lock held. */
    private int take(String name, long reserver, int phase) {
        // Those that look free first: judging those that look taken costs a system call or more each.
        for (int pass = 0; pass < 2; pass++) {
            for (int slot = 0; slot < table.capacity(); slot++) {
                int found = PlaceLayout.phase(table.state(slot));
                boolean looksFree = found == FREE || found == DEAD;
                if (looksFree == (pass == 0) && tryTake(slot, name, reserver, phase)) {
                    return slot;
                }
            }
        }
        throw new PlaceException("all " + table.capacity() + " slots of the party table are taken by processes that are"
                + " alive; end some, or use separate sessions");
    }

    private boolean tryTake(int slot, String name, long reserver, int phase) {
        if (!locks.tryLock(slot)) {
            return false;
        }
        boolean free = false;
        try {
            free = judge.condemnIfDead(slot, self);
        } finally {
            if (!free) {
                locks.unlock(slot);
            }
        }
        if (!free) {
            return false;
        }
        long incarnation = PlaceLayout.incarnation(table.state(slot)) + 1;
        table.writeNewcomer(slot, name, reserver);
        if (phase == LIVE) {
            table.writeProcess(slot, process);
        }
        table.publish(slot, phase, incarnation);
        return true;
    }

    /** A short rest that an interrupt neither ends early for ever nor gets lost in. */
    static void pause() {
        boolean interrupted = Thread.interrupted();
        LockSupport.parkNanos(RETRY_NANOS);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
