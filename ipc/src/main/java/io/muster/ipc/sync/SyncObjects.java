package io.muster.ipc.sync;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.CellRef;
import io.muster.ipc.internal.cell.NamedCells;
import io.muster.ipc.internal.cell.NamedObject;
import io.muster.ipc.internal.cell.NamedSpec;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.SharedCore;
import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.PartyId;
import io.muster.ipc.memory.SegmentException;
import io.muster.ipc.memory.SegmentFile;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * The door of this package for {@link io.muster.ipc.Manager}, not for users: everything in it by name. Thread-safe.
 *
 * <p>Closing a handle that came from here ends that handle alone.
 */
public final class SyncObjects {
    private static final Consumer<Cell> ZEROS = cell -> {};

    private final Participant participant;
    private final NamedCells names;

    public SyncObjects(Participant participant, NamedCells names) {
        this.participant = Objects.requireNonNull(participant, "participant");
        this.names = Objects.requireNonNull(names, "names");
    }

    private int capacity() {
        return participant.place().capacity();
    }

    public SharedLock lock(String name) {
        NamedSpec spec = new NamedSpec(
                UserLockLayout.LOCK_KIND, UserLockLayout.LOCK_VERSION, "SharedLock", UserLockLayout.LOCK_SIZE, ZEROS);
        return new LockHandle(names.attach(name, spec, LockCore.class, LockCore::new), false);
    }

    public SharedBinarySemaphore binarySemaphore(String name) {
        NamedSpec spec = new NamedSpec(
                UserLockLayout.SEMAPHORE_KIND,
                UserLockLayout.SEMAPHORE_VERSION,
                "SharedBinarySemaphore",
                UserLockLayout.SEMAPHORE_SIZE,
                ZEROS);
        return new BinarySemaphoreHandle(
                names.attach(name, spec, BinarySemaphoreCore.class, BinarySemaphoreCore::new), false);
    }

    public SharedReadWriteLock readWriteLock(String name) {
        NamedSpec spec = new NamedSpec(
                ReadWriteLockLayout.KIND,
                ReadWriteLockLayout.VERSION,
                "SharedReadWriteLock",
                ReadWriteLockCore.bodyBytes(capacity()),
                ZEROS);
        return new ReadWriteLockHandle(
                names.attach(name, spec, ReadWriteLockCore.class, ReadWriteLockCore::new), false);
    }

    public SharedSemaphore semaphore(String name, int permits) {
        return semaphore(name, permits, SemaphoreLayout.NO_LIMIT, false, "");
    }

    public SharedSemaphore fairSemaphore(String name, int permits) {
        return semaphore(name, permits, SemaphoreLayout.NO_LIMIT, true, ", fair");
    }

    public SharedSemaphore boundedSemaphore(String name, int permits) {
        return semaphore(name, permits, permits, false, ", bounded");
    }

    private SharedSemaphore semaphore(String name, int permits, int limit, boolean fair, String variety) {
        if (permits < 0) {
            throw new IllegalArgumentException("permits=" + permits + ": must be 0 or more");
        }
        NamedSpec spec = new NamedSpec(
                SemaphoreLayout.KIND,
                SemaphoreLayout.VERSION,
                "SharedSemaphore(" + permits + variety + ")",
                SemaphoreCore.bodyBytes(capacity(), fair),
                cell -> SemaphoreCore.format(cell, permits, limit, fair));
        return new SemaphoreHandle(names.attach(name, spec, SemaphoreCore.class, SemaphoreCore::new), false);
    }

    public SharedSignal signal(String name) {
        NamedSpec spec =
                new NamedSpec(SignalLayout.KIND, SignalLayout.VERSION, "SharedSignal", SignalCore.bodyBytes(), ZEROS);
        return new SignalHandle(names.attach(name, spec, SignalCore.class, SignalCore::new), false);
    }

    public SharedEvent event(String name) {
        NamedSpec spec =
                new NamedSpec(EventLayout.KIND, EventLayout.VERSION, "SharedEvent", EventCore.bodyBytes(), ZEROS);
        return new EventHandle(names.attach(name, spec, EventCore.class, EventCore::new), false);
    }

    public SharedBarrier barrier(String name, int parties) {
        if (parties < 1 || parties > SharedBarrier.MOST_PARTIES) {
            throw new IllegalArgumentException("parties=" + parties + ": must be 1 to " + SharedBarrier.MOST_PARTIES);
        }
        NamedSpec spec = new NamedSpec(
                BarrierLayout.KIND,
                BarrierLayout.VERSION,
                "SharedBarrier(" + parties + ")",
                BarrierCore.bodyBytes(capacity(), parties),
                cell -> BarrierCore.format(cell, parties));
        return new BarrierHandle(names.attach(name, spec, BarrierCore.class, BarrierCore::new), false);
    }

    public SharedCountDownLatch countDownLatch(String name, long count) {
        LatchHandle.checkCount(count);
        NamedSpec spec = new NamedSpec(
                LatchLayout.KIND,
                LatchLayout.VERSION,
                "SharedCountDownLatch(" + count + ")",
                LatchCore.bodyBytes(),
                cell -> LatchCore.format(cell, count));
        return new LatchHandle(names.attach(name, spec, LatchCore.class, LatchCore::new), false);
    }

    /** With a lock of its own, which lies in the same file and goes with it. */
    public SharedCondition condition(String name) {
        NamedSpec spec = new NamedSpec(
                ConditionLayout.KIND,
                ConditionLayout.VERSION,
                "SharedCondition",
                Cell.bodyBytesWithInner(conditionBytes(), UserLockLayout.LOCK_SIZE),
                cell -> {
                    ConditionCore.format(cell, SharedCondition.DEFAULT_WAITERS);
                    cell.prepareInner(
                                    conditionBytes(),
                                    UserLockLayout.LOCK_KIND,
                                    UserLockLayout.LOCK_VERSION,
                                    UserLockLayout.LOCK_SIZE)
                            .publish();
                });
        ConditionCore core = names.attach(name, spec, ConditionCore.class, SyncObjects::conditionOf);
        return new ConditionHandle(core, new LockHandle(core.lock(), false), false);
    }

    private static ConditionCore conditionOf(Participant participant, Cell cell) {
        return new ConditionCore(participant, cell, LockCore.attach(lockOf(cell.ref())));
    }

    private static CellRef lockOf(CellRef condition) {
        return Cell.innerRef(condition, conditionBytes());
    }

    private static long conditionBytes() {
        return ConditionCore.bodyBytes(SharedCondition.DEFAULT_WAITERS);
    }

    /**
     * In what state an object is, read from its file: {@code held by ...}; empty if there is nothing to say.
     *
     * @param describe who a party is, by its id
     */
    public static String state(NamedObject object, LongFunction<String> describe) {
        int kind = object.kind();
        try (SegmentFile file = object.openFile()) {
            if (kind == UserLockLayout.LOCK_KIND || kind == UserLockLayout.SEMAPHORE_KIND) {
                long holder = RobustLock.holderIn(file.getLong(object.body() + UserLockLayout.LOCK));
                boolean held = holder != PartyId.NOBODY && holder != PartyId.CLOSED;
                return held ? "held by " + describe.apply(holder) : "free";
            }
            if (kind == SemaphoreLayout.KIND) {
                return SemaphoreLayout.count(file.getLong(object.body() + SemaphoreLayout.AVAILABLE)) + " of "
                        + file.getLong(object.body() + SemaphoreLayout.TOTAL) + " permits free";
            }
            return "";
        } catch (IOException | SegmentException e) {
            return "";
        }
    }

    /**
     * What stands for an object of this package in this process, to end it; a condition's lock goes with it.
     *
     * @return nothing if it is none of this package's
     */
    public List<? extends SharedCore> coresOf(NamedObject object) {
        int kind = object.kind();
        if (kind == ConditionLayout.KIND) {
            ConditionCore condition = core(object, ConditionCore.class, SyncObjects::conditionOf);
            return List.of(condition, condition.lock());
        }
        if (kind == UserLockLayout.LOCK_KIND) {
            return List.of(core(object, LockCore.class, LockCore::new));
        }
        if (kind == UserLockLayout.SEMAPHORE_KIND) {
            return List.of(core(object, BinarySemaphoreCore.class, BinarySemaphoreCore::new));
        }
        if (kind == ReadWriteLockLayout.KIND) {
            return List.of(core(object, ReadWriteLockCore.class, ReadWriteLockCore::new));
        }
        if (kind == SemaphoreLayout.KIND) {
            return List.of(core(object, SemaphoreCore.class, SemaphoreCore::new));
        }
        if (kind == SignalLayout.KIND) {
            return List.of(core(object, SignalCore.class, SignalCore::new));
        }
        if (kind == EventLayout.KIND) {
            return List.of(core(object, EventCore.class, EventCore::new));
        }
        if (kind == BarrierLayout.KIND) {
            return List.of(core(object, BarrierCore.class, BarrierCore::new));
        }
        if (kind == LatchLayout.KIND) {
            return List.of(core(object, LatchCore.class, LatchCore::new));
        }
        return List.of();
    }

    private <C extends SharedCore> C core(NamedObject object, Class<C> type, BiFunction<Participant, Cell, C> make) {
        return participant.attach(
                object.ref(), object.kind(), object.version(), type, cell -> make.apply(participant, cell));
    }
}
