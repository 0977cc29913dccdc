package io.muster.ipc.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CrashPoint;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract over all that should keep it, and what only ours promises. */
class ReadWriteLockContractTest {

    @Nested
    class OfTheJdk extends ReadWriteLockContract {
        @Override
        List<ReadWriteLock> create() {
            ReadWriteLock lock = new ReentrantReadWriteLock();
            return List.of(lock, lock);
        }
    }

    @Nested
    class OfTwoPartiesThatPoll extends ReadWriteLockContract {
        @Override
        List<ReadWriteLock> create() {
            SyncWorld world = new SyncWorld();
            ReadWriteLockCore first = world.newReadWriteLock();
            ReadWriteLockCore second = SyncWorld.readWriteLock(world.join(CrashPoint.never()));
            return List.of(new ReadWriteLockHandle(first, false), new ReadWriteLockHandle(second, false));
        }
    }

    @Nested
    class Shared extends ReadWriteLockContract {
        private SharedReadWriteLock made;

        @Override
        List<ReadWriteLock> create() {
            made = SharedReadWriteLock.create();
            return List.of(made, Travel.through(made));
        }

        @AfterEach
        void close() {
            if (made != null) {
                made.close();
            }
        }

        @Test
        void anUpgradeIsRefusedAtOnce() {
            SharedReadWriteLock lock = (SharedReadWriteLock) create().get(0);
            lock.readLock().lock();
            assertThrows(IllegalStateException.class, () -> lock.writeLock().lock());
            assertThrows(IllegalStateException.class, () -> lock.writeLock().tryLock());
            assertEquals(1, lock.getReadHoldCount());
            lock.readLock().unlock();
            assertTrue(lock.writeLock().tryLock());
            lock.writeLock().unlock();
        }

        @Test
        void blocksGiveBackWhatTheyTook() {
            SharedReadWriteLock lock = (SharedReadWriteLock) create().get(0);
            SharedReadWriteLock.Hold writing = lock.holdWrite();
            SharedReadWriteLock.Hold reading = lock.holdRead();
            assertTrue(lock.isWriteLockedByCurrentThread());
            assertEquals(1, lock.getReadHoldCount());
            reading.close();
            reading.close();
            writing.close();
            writing.close();
            assertFalse(lock.isWriteLockedByCurrentThread());
            assertEquals(0, lock.getReadHoldCount());
            assertFalse(lock.isAbandoned());
        }

        @Test
        void closingEndsAllWhoWait() throws Exception {
            List<ReadWriteLock> two = create();
            two.get(0).writeLock().lock();
            var reader = Threads.run(() -> two.get(1).readLock().lock());
            var writer = Threads.run(() -> two.get(1).writeLock().lock());
            made.close();
            assertThrows(ClosedObjectException.class, reader::get);
            assertThrows(ClosedObjectException.class, writer::get);
            assertThrows(
                    ClosedObjectException.class, () -> two.get(0).writeLock().unlock());
            assertThrows(
                    ClosedObjectException.class, () -> two.get(1).readLock().tryLock());
            assertTrue(made.toString().contains("closed"), made::toString);
        }

        @Test
        void thereAreNoConditions() {
            ReadWriteLock lock = create().get(0);
            assertThrows(
                    UnsupportedOperationException.class, () -> lock.readLock().newCondition());
            assertThrows(
                    UnsupportedOperationException.class, () -> lock.writeLock().newCondition());
        }
    }
}
