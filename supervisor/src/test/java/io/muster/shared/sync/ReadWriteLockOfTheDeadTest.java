package io.muster.shared.sync;

import static io.muster.shared.sync.Meeting.LONG;
import static io.muster.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ipc.sync.SharedEvent;
import io.muster.ipc.sync.SharedReadWriteLock;
import io.muster.ipc.sync.SharedSignal;
import io.muster.testing.HangDump;
import io.muster.testing.Processes;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Readers, writers and waiters are killed or stopped. */
@ExtendWith(HangDump.class)
class ReadWriteLockOfTheDeadTest {
    private static final long LONG_SECONDS = LONG.toSeconds();

    @Test
    void aKilledReaderHoldsNoWriterUp() throws Exception {
        try (Meeting meeting = new Meeting();
                SharedReadWriteLock lock = SharedReadWriteLock.create();
                SharedSignal held = SharedSignal.create()) {
            ChildProcess reader = meeting.startUntil(held, "reader", () -> {
                lock.readLock().lock();
                held.post();
                Processes.waitForEver();
            });
            assertTrue(lock.readLock().tryLock());
            lock.readLock().unlock();
            assertFalse(lock.writeLock().tryLock());
            Meeting.kill(reader);
            assertTrue(lock.writeLock().tryLock(LONG_SECONDS, TimeUnit.SECONDS), lock::toString);
            assertFalse(lock.isAbandoned(), "a reader leaves nothing half done");
            lock.writeLock().unlock();
        }
    }

    @Test
    void aKilledWriterLeavesItAbandonedUntilAnotherHasWritten() throws Exception {
        try (Meeting meeting = new Meeting();
                SharedReadWriteLock lock = SharedReadWriteLock.create();
                SharedSignal held = SharedSignal.create()) {
            ChildProcess writer = meeting.startUntil(held, "writer", () -> {
                lock.writeLock().lock();
                held.post();
                Processes.waitForEver();
            });
            assertFalse(lock.readLock().tryLock());
            Meeting.kill(writer);
            assertTrue(lock.readLock().tryLock(LONG_SECONDS, TimeUnit.SECONDS), lock::toString);
            assertTrue(lock.isAbandoned());
            lock.readLock().unlock();
            try (var writing = lock.holdWrite()) {
                assertTrue(lock.isAbandoned() && writing != null);
            }
            assertFalse(lock.isAbandoned());
        }
    }

    @Test
    void aStoppedHolderIsWaitedFor() throws Exception {
        try (Meeting meeting = new Meeting();
                SharedReadWriteLock lock = SharedReadWriteLock.create();
                SharedSignal held = SharedSignal.create();
                SharedSignal goOn = SharedSignal.create()) {
            ChildProcess writer = meeting.startUntil(held, "writer", () -> {
                lock.writeLock().lock();
                held.post();
                goOn.await();
                lock.writeLock().unlock();
                lock.readLock().lock();
                held.post();
                goOn.await();
                lock.readLock().unlock();
            });
            Meeting.stop(writer);
            assertFalse(lock.readLock().tryLock(600, TimeUnit.MILLISECONDS), "a stopped writer was robbed");
            goOn.post();
            Meeting.goOn(writer);
            assertTrue(held.await(LONG));
            Meeting.stop(writer);
            assertFalse(lock.writeLock().tryLock(600, TimeUnit.MILLISECONDS), "a stopped reader was robbed");
            goOn.post();
            Meeting.goOn(writer);
            assertTrue(lock.writeLock().tryLock(LONG_SECONDS, TimeUnit.SECONDS));
            assertFalse(lock.isAbandoned());
            lock.writeLock().unlock();
            writer.join();
        }
    }

    @Test
    void anEventReachesAllThatLive() throws Exception {
        try (Meeting meeting = new Meeting();
                SharedEvent event = SharedEvent.create();
                SharedSignal come = SharedSignal.create();
                SharedSignal gone = SharedSignal.create()) {
            ChildProcess victim = meeting.startUntil(come, "victim", () -> {
                come.post();
                event.await();
            });
            meeting.startUntil(come, "other", () -> {
                come.post();
                event.await();
                gone.post();
                Processes.waitForEver();
            });
            Meeting.kill(victim);
            eventually(() -> !victim.isAlive(), victim::toString);
            event.set();
            assertTrue(gone.await(LONG));
            assertEquals(0, gone.count());
        }
    }
}
