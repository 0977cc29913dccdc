package io.muster.ipc.sync;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.CrashParty;
import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.memory.CrashWorld;

/** Parties of a {@link CrashWorld} that share one object; its cell lies at offset 0. They poll, as they have no addresses. */
class SyncWorld {
    static final int CAPACITY = 8;
    static final long LIMIT_NANOS = 10_000_000_000L;

    final CrashWorld world = new CrashWorld(4096);
    final CrashParty survivor = CrashParty.join(world);
    CrashParty victim;

    CrashParty join(CrashPoint point) {
        victim = CrashParty.join(world, point);
        return victim;
    }

    /** An unpublished cell of the survivor's. */
    Cell fresh(int kind, int version, long bodyBytes) {
        return survivor.cell(kind, version, 0, bodyBytes + 64, true);
    }

    static Cell find(CrashParty party, int kind, int version) {
        return party.cell(kind, version, 0, 0, false);
    }

    SemaphoreCore newSemaphore(int permits, int limit, boolean fair) {
        Cell cell = fresh(SemaphoreLayout.KIND, SemaphoreLayout.VERSION, SemaphoreCore.bodyBytes(CAPACITY, fair));
        SemaphoreCore.format(cell, permits, limit, fair);
        cell.publish();
        return new SemaphoreCore(survivor.participant(), cell);
    }

    static SemaphoreCore semaphore(CrashParty party) {
        return new SemaphoreCore(party.participant(), find(party, SemaphoreLayout.KIND, SemaphoreLayout.VERSION));
    }

    ReadWriteLockCore newReadWriteLock() {
        Cell cell = fresh(ReadWriteLockLayout.KIND, ReadWriteLockLayout.VERSION, ReadWriteLockCore.bodyBytes(CAPACITY));
        cell.publish();
        return new ReadWriteLockCore(survivor.participant(), cell);
    }

    static ReadWriteLockCore readWriteLock(CrashParty party) {
        return new ReadWriteLockCore(
                party.participant(), find(party, ReadWriteLockLayout.KIND, ReadWriteLockLayout.VERSION));
    }

    BarrierCore newBarrier(int parties) {
        Cell cell = fresh(BarrierLayout.KIND, BarrierLayout.VERSION, BarrierCore.bodyBytes(CAPACITY, parties));
        BarrierCore.format(cell, parties);
        cell.publish();
        return new BarrierCore(survivor.participant(), cell);
    }

    static BarrierCore barrier(CrashParty party) {
        return new BarrierCore(party.participant(), find(party, BarrierLayout.KIND, BarrierLayout.VERSION));
    }

    EventCore newEvent() {
        Cell cell = fresh(EventLayout.KIND, EventLayout.VERSION, EventCore.bodyBytes());
        cell.publish();
        return new EventCore(survivor.participant(), cell);
    }

    static EventCore event(CrashParty party) {
        return new EventCore(party.participant(), find(party, EventLayout.KIND, EventLayout.VERSION));
    }

    SignalCore newSignal() {
        Cell cell = fresh(SignalLayout.KIND, SignalLayout.VERSION, SignalCore.bodyBytes());
        cell.publish();
        return new SignalCore(survivor.participant(), cell);
    }

    static SignalCore signal(CrashParty party) {
        return new SignalCore(party.participant(), find(party, SignalLayout.KIND, SignalLayout.VERSION));
    }

    LatchCore newLatch(long count) {
        Cell cell = fresh(LatchLayout.KIND, LatchLayout.VERSION, LatchCore.bodyBytes());
        LatchCore.format(cell, count);
        cell.publish();
        return new LatchCore(survivor.participant(), cell);
    }

    static LatchCore latch(CrashParty party) {
        return new LatchCore(party.participant(), find(party, LatchLayout.KIND, LatchLayout.VERSION));
    }
}
