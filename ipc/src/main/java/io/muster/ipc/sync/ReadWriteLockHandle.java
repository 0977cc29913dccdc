package io.muster.ipc.sync;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.CellRef;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.MemoryFault;
import java.io.Serializable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;

/** What a user holds of a read-write lock. */
final class ReadWriteLockHandle extends SyncHandle<ReadWriteLockCore> implements SharedReadWriteLock {
    private static final long serialVersionUID = 1L;

    private final transient Lock readLock = new ReadWriteLockView(this, false);
    private final transient Lock writeLock = new ReadWriteLockView(this, true);

    ReadWriteLockHandle(ReadWriteLockCore core, boolean maker) {
        super(core, maker, "SharedReadWriteLock");
    }

    static ReadWriteLockHandle create() {
        Participant participant = Participants.ofSession();
        long bytes = ReadWriteLockCore.bodyBytes(participant.place().capacity());
        Cell cell = participant.cells().allocate(ReadWriteLockLayout.KIND, ReadWriteLockLayout.VERSION, bytes);
        ReadWriteLockCore core = new ReadWriteLockCore(participant, cell);
        cell.publish();
        participant.add(cell, core);
        return new ReadWriteLockHandle(core, true);
    }

    /** For the two views. */
    ReadWriteLockCore openCore() {
        return core();
    }

    @Override
    public Lock readLock() {
        return readLock;
    }

    @Override
    public Lock writeLock() {
        return writeLock;
    }

    @Override
    public Hold holdRead() {
        readLock.lock();
        return new Held(readLock);
    }

    @Override
    public Hold holdWrite() {
        writeLock.lock();
        return new Held(writeLock);
    }

    @Override
    public boolean isAbandoned() {
        try {
            return core().isAbandoned();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, "a SharedReadWriteLock");
        }
    }

    @Override
    public boolean isWriteLockedByCurrentThread() {
        return core().isWriting();
    }

    @Override
    public int getReadHoldCount() {
        return core().readHolds();
    }

    /** The lock of one block. */
    private static final class Held implements Hold {
        private final Lock lock;
        private final AtomicBoolean given = new AtomicBoolean();

        Held(Lock lock) {
            this.lock = lock;
        }

        @Override
        public void close() {
            if (!given.getAndSet(true)) {
                try {
                    lock.unlock();
                } catch (ClosedObjectException e) {
                    // There is nothing any more to give back.
                }
            }
        }
    }

    private Object writeReplace() {
        return new Form(travel());
    }

    /** What travels. */
    private record Form(CellRef ref) implements Serializable {
        private Object readResolve() {
            Participant participant = Participants.at(ref.place());
            ReadWriteLockCore core = participant.attach(
                    ref,
                    ReadWriteLockLayout.KIND,
                    ReadWriteLockLayout.VERSION,
                    ReadWriteLockCore.class,
                    cell -> new ReadWriteLockCore(participant, cell));
            return new ReadWriteLockHandle(core, false);
        }
    }
}
