package io.muster.ipc.channel;

import io.muster.ipc.internal.bell.BellCore;
import io.muster.ipc.internal.bell.Watchers;
import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.CellRef;
import io.muster.ipc.internal.cell.Lease;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.PartyCells;
import io.muster.ipc.internal.cell.SharedCore;
import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.Place;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.WaitStrategy;
import io.muster.ipc.wait.WaitWord;
import io.muster.ipc.wait.Waiter;
import java.io.IOException;
import java.util.function.LongConsumer;

/**
 * One direction of a pipe in this process: who uses its two sides, and when they have come to their end. What goes through it
 * is the business of {@link PipeWriter} and {@link PipeReader}.
 *
 * <p>Locks are taken in this order: write lock or read lock; gate; and under the gate only tried.
 */
final class PipeCore extends SharedCore implements Lease.Owner, BellCore {
    private static final long GATE_NANOS = 250_000_000;

    private static final WaitStrategy[] STRATEGIES = WaitStrategy.values();

    final Memory memory;
    final long base;
    final long ring;
    final int ringBytes;
    final WaitWord data;
    final WaitWord space;
    final PipeWriter out;
    final PipeReader in;
    private final Lease readers;
    private final Lease writers;
    private final RobustLock gate;
    private final Watchers watchers;
    private final Place place;

    /** What came of the attempt to say that there will be no message any more. */
    enum End {
        REACHED,
        /** There are messages, or writers. */
        NOT_YET,
        /** A thread of a process that has closed its end is still inside; it says so when it leaves. */
        NOT_SURE,
        /** A process has stood in the gate for as long as others wait for one that is stopped: ask again. */
        GATE_TAKEN
    }

    PipeCore(Participant participant, Cell cell) {
        super(participant, cell);
        memory = cell.memory();
        base = cell.body();
        ringBytes = memory.getInt(base + PipeLayout.RING_BYTES);
        int places = memory.getInt(base + PipeLayout.PLACES);
        place = participant.place();
        if (Integer.bitCount(ringBytes) != 1
                || ringBytes < PipeLayout.LEAST_RING
                || places != place.capacity()
                || base + PipeLayout.bodyBytes(places, ringBytes) > memory.size()) {
            throw new CorruptSegmentException("pipe " + cell + ": a ring of " + ringBytes + " bytes and " + places
                    + " places in " + memory.size() + " bytes: it was overwritten by somebody");
        }
        ring = base + PipeLayout.ring(places);
        readers = new Lease(participant, memory, base + PipeLayout.READERS, this);
        writers = new Lease(participant, memory, base + PipeLayout.writers(places), this);
        gate = new RobustLock(participant, memory, base + PipeLayout.GATE);
        watchers = new Watchers(participant, memory, base + PipeLayout.WATCHERS);
        data = participant.waitWord(memory, base + PipeLayout.DATA);
        space = participant.waitWord(memory, base + PipeLayout.SPACE);
        out = new PipeWriter(this, new RobustLock(participant, memory, base + PipeLayout.WRITE_LOCK));
        in = new PipeReader(this, new RobustLock(participant, memory, base + PipeLayout.READ_LOCK));
    }

    static void format(Cell cell, int places, int ringBytes, WaitStrategy readersWait, WaitStrategy writersWait) {
        Memory memory = cell.memory();
        long base = cell.body();
        memory.putInt(base + PipeLayout.RING_BYTES, ringBytes);
        memory.putInt(base + PipeLayout.PLACES, places);
        memory.putInt(base + PipeLayout.READERS_WAIT, readersWait == null ? 0 : readersWait.ordinal() + 1);
        memory.putInt(base + PipeLayout.WRITERS_WAIT, writersWait == null ? 0 : writersWait.ordinal() + 1);
    }

    CellRef ref() {
        cell().checkOpen();
        return cell().ref();
    }

    Lease readers() {
        return readers;
    }

    Lease writers() {
        return writers;
    }

    long self() {
        return participant().self();
    }

    boolean isDeadByWitnesses(long party) {
        return participant().isDeadByWitnesses(party);
    }

    /** @param strategyAt which of the two in the layout */
    Waiter newWaiter(int strategyAt, Runnable repair, int blockedAt, int pausesBetweenLooks) {
        LongConsumer blocked = nanos -> memory.getAndAddLong(base + blockedAt, nanos);
        Waiter.Builder builder =
                Waiter.builder().repair(repair).sleepMeter(blocked).pausesBetweenLooks(pausesBetweenLooks);
        int strategy = memory.getInt(base + strategyAt);
        if (strategy > 0 && strategy <= STRATEGIES.length) {
            builder.strategy(STRATEGIES[strategy - 1]);
        }
        return builder.build();
    }

    /** Where the record ends that begins at {@code position} with {@code header}; it does not wrap. */
    long checkedEnd(long position, long header) {
        int length = PipeLayout.length(header);
        int kind = PipeLayout.kind(header);
        int at = (int) position & ringBytes - 1;
        if (length < 0
                || length > ringBytes - at - PipeLayout.HEADER
                || kind < PipeLayout.WHOLE
                || kind > PipeLayout.PAD) {
            throw new CorruptSegmentException("pipe " + this + ": no message can begin with 0x"
                    + Long.toHexString(header) + ", as stands at " + position + "; it was overwritten by somebody");
        }
        return position + PipeLayout.recordBytes(length);
    }

    // Who uses it

    @Override
    public void admit(Lease lease, boolean newcomer, Runnable publish) {
        gate.acquire();
        try {
            if (!isOpen()) {
                throw new ClosedObjectException("pipe " + cell()
                        + " is closed: nobody has one of its ends any more, so nobody can be given one");
            }
            if (newcomer && hasFlag(lease == writers ? PipeLayout.EOF : PipeLayout.BROKEN)) {
                throw new ClosedObjectException("this end of pipe " + cell()
                        + " is closed: all who had it had closed it, or died, before this process got it");
            }
            publish.run();
        } finally {
            gate.release();
        }
    }

    @Override
    public void left(Lease lease) {
        changed();
        if (isUnused()) {
            retire();
        }
    }

    private boolean isUnused() {
        return !readers.cells().isAnyHeld() && !writers.cells().isAnyHeld();
    }

    @Override
    public boolean isOpen() {
        return cell().isOpen();
    }

    /** By the last user of both ends. Whoever is given a handle at just this moment finds that out under the gate. */
    @Override
    protected void retire() {
        if (!enterGateBriefly()) {
            return; // Who is stopped there uses it, and ends it when it leaves; else the session does.
        }
        try {
            if (isOpen() && isUnused()) {
                cell().retire();
                participant().forget(cell());
                participant().fileOf(cell()).toFile().delete();
            }
        } finally {
            gate.release();
        }
    }

    /** Somebody uses an end no longer: whoever waits must look again who is left. */
    void changed() {
        memory.getAndAddInt(base + PipeLayout.CHANGES, 1);
        wakeAll();
    }

    /** Also when a handle of this process was closed: its threads that wait must learn it. */
    void wakeAll() {
        data.wakeAll();
        space.wakeAll();
        watchers.ring();
    }

    /** Another number whenever an end was closed or somebody has died: until then nobody needs to be counted again. */
    int stamp() {
        return memory.getIntVolatile(base + PipeLayout.CHANGES) + place.deaths();
    }

    // Those who wait for it and for other things too

    @Override
    public Participant bellPlace() {
        return participant();
    }

    @Override
    public Watchers watchers() {
        return watchers;
    }

    /** Whether a receiver would not have to wait. */
    @Override
    public boolean isReady() {
        try {
            return !isOpen() || in.isReady(null);
        } catch (IOException e) {
            return true; // Who receives is told.
        }
    }

    @Override
    public boolean awaitReady(Deadline deadline) throws InterruptedException {
        try {
            return in.awaitReady(null, deadline);
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void judgeOthers() {
        in.judgeWriters();
    }

    // Its ends

    /** False only if a process that is stopped stands in the gate: nobody waits for that one longer than this. */
    private boolean enterGateBriefly() {
        return gate.tryAcquire() || gate.acquireUninterruptibly(Deadline.afterNanos(GATE_NANOS));
    }

    private boolean hasFlag(int flag) {
        return (memory.getIntVolatile(base + PipeLayout.FLAGS) & flag) != 0;
    }

    private void setFlag(int flag) {
        int flags = memory.getIntVolatile(base + PipeLayout.FLAGS);
        memory.putIntVolatile(base + PipeLayout.FLAGS, flags | flag);
    }

    boolean isEnded() {
        return hasFlag(PipeLayout.EOF);
    }

    /** By a reader that has found the ring empty and no writer: says so for good, if it is so. */
    End tryEnd() {
        End end;
        if (!enterGateBriefly()) {
            return End.GATE_TAKEN;
        }
        try {
            end = isEnded() ? End.REACHED : tryEndInGate();
        } finally {
            gate.release();
        }
        if (end == End.REACHED) {
            data.wakeAll();
            watchers.ring();
        }
        return end;
    }

    private End tryEndInGate() {
        if (writers.cells().isAnyHeld()) {
            return End.NOT_YET;
        }
        if (!out.tryEnterToRepair()) {
            return End.NOT_SURE;
        }
        try {
            if (!in.isEmpty()) {
                return End.NOT_YET;
            }
            setFlag(PipeLayout.EOF);
            return End.REACHED;
        } finally {
            out.leaveRepaired();
        }
    }

    /** By a writer that has found no reader: says so for good; false if there is one by now, or the gate is taken. */
    boolean tryBreak() {
        if (!enterGateBriefly()) {
            return false;
        }
        try {
            if (!hasFlag(PipeLayout.BROKEN)) {
                if (readers.cells().isAnyHeld()) {
                    return false;
                }
                setFlag(PipeLayout.BROKEN);
            }
        } finally {
            gate.release();
        }
        space.wakeAll();
        return true;
    }

    /** Whether a party that had begun to receive a message in pieces will not go on. */
    boolean isReaderGone(long party) {
        PartyCells cells = readers.cells();
        return party == 0 || participant().isDead(party) || cells.heldBy(party) == 0;
    }

    ClosedObjectException closed() {
        return new ClosedObjectException("this end of pipe " + cell() + " was closed in this process");
    }

    @Override
    public String toString() {
        long depth = PipeLayout.depth(
                memory.getLongVolatile(base + PipeLayout.TAIL), memory.getLongVolatile(base + PipeLayout.HEAD));
        String state = !isOpen()
                ? "closed"
                : isEnded() ? "ended" : hasFlag(PipeLayout.BROKEN) ? "broken" : depth + " of " + ringBytes + " bytes";
        return cell() + ", " + state;
    }
}
