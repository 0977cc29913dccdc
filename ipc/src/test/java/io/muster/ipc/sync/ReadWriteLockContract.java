package io.muster.ipc.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import org.junit.jupiter.api.Test;

/** What every read-write lock promises to the living; the JDK's own shows that the contract is right. */
abstract class ReadWriteLockContract {

    /** Two ways to use a new lock, of two parties where there can be two. */
    abstract List<ReadWriteLock> create();

    @Test
    void manyReadOrOneWrites() throws Exception {
        List<ReadWriteLock> two = create();
        AtomicInteger readers = new AtomicInteger();
        AtomicInteger writers = new AtomicInteger();
        List<Threads.Running<Void>> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            ReadWriteLock lock = two.get(t % 2);
            boolean writes = t >= 2;
            threads.add(Threads.run(() -> {
                for (int i = 0; i < 300; i++) {
                    Lock mine = writes ? lock.writeLock() : lock.readLock();
                    mine.lock();
                    if (writes) {
                        assertEquals(0, writers.getAndIncrement());
                        assertEquals(0, readers.get());
                        writers.decrementAndGet();
                    } else {
                        readers.incrementAndGet();
                        assertEquals(0, writers.get());
                        readers.decrementAndGet();
                    }
                    mine.unlock();
                }
            }));
        }
        for (var thread : threads) {
            thread.get();
        }
    }

    @Test
    void readersReadTogetherAndKeepWritersOut() throws Exception {
        List<ReadWriteLock> two = create();
        two.get(0).readLock().lock();
        assertTrue(Threads.call(() -> two.get(1).readLock().tryLock()).get());
        assertFalse(Threads.call(() -> two.get(1).writeLock().tryLock()).get());
        assertFalse(Threads.call(() -> two.get(1).writeLock().tryLock(10, TimeUnit.MILLISECONDS))
                .get());
        two.get(0).readLock().unlock();
    }

    @Test
    void aWriterKeepsAllOut() throws Exception {
        List<ReadWriteLock> two = create();
        two.get(0).writeLock().lock();
        assertFalse(Threads.call(() -> two.get(1).readLock().tryLock()).get());
        assertFalse(Threads.call(() -> two.get(0).readLock().tryLock(10, TimeUnit.MILLISECONDS))
                .get());
        assertFalse(Threads.call(() -> two.get(0).writeLock().tryLock()).get());
        var waiting = Threads.run(() -> {
            two.get(1).readLock().lock();
            two.get(1).readLock().unlock();
        });
        two.get(0).writeLock().unlock();
        waiting.get();
        assertTrue(two.get(0).writeLock().tryLock());
        two.get(0).writeLock().unlock();
    }

    @Test
    void eachThreadMayTakeAgainWhatItHolds() throws Exception {
        List<ReadWriteLock> two = create();
        Lock read = two.get(0).readLock();
        Lock write = two.get(0).writeLock();
        read.lock();
        read.lockInterruptibly();
        assertTrue(read.tryLock());
        read.unlock();
        read.unlock();
        assertFalse(Threads.call(() -> two.get(1).writeLock().tryLock()).get());
        read.unlock();
        write.lock();
        assertTrue(write.tryLock(1, TimeUnit.SECONDS));
        write.unlock();
        assertFalse(Threads.call(() -> two.get(1).readLock().tryLock()).get());
        write.unlock();
        assertTrue(Threads.call(() -> two.get(1).writeLock().tryLock()).get());
    }

    @Test
    void aReaderReadsAgainAlthoughAWriterWaits() throws Exception {
        List<ReadWriteLock> two = create();
        Lock read = two.get(0).readLock();
        read.lock();
        AtomicBoolean writing = new AtomicBoolean();
        var writer = Threads.run(() -> {
            two.get(1).writeLock().lock();
            writing.set(true);
            two.get(1).writeLock().unlock();
        });
        Threads.until("newcomers are kept out", () -> isRefused(two.get(0).readLock()));
        read.lock();
        assertFalse(writing.get());
        read.unlock();
        read.unlock();
        writer.get();
    }

    /** By a thread of its own; an untimed try may barge, in the JDK. */
    private static boolean isRefused(Lock read) {
        try {
            return Threads.call(() -> {
                        if (read.tryLock(1, TimeUnit.MILLISECONDS)) {
                            read.unlock();
                            return false;
                        }
                        return true;
                    })
                    .get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aWriterMayGoOnReading() throws Exception {
        List<ReadWriteLock> two = create();
        two.get(0).writeLock().lock();
        two.get(0).readLock().lock();
        two.get(0).writeLock().unlock();
        assertTrue(Threads.call(() -> two.get(1).readLock().tryLock()).get());
        assertFalse(Threads.call(() -> two.get(1).writeLock().tryLock()).get());
        two.get(0).readLock().unlock();
    }

    @Test
    void onlyItsHolderUnlocks() throws Exception {
        List<ReadWriteLock> two = create();
        assertThrows(
                IllegalMonitorStateException.class, () -> two.get(0).readLock().unlock());
        assertThrows(
                IllegalMonitorStateException.class, () -> two.get(0).writeLock().unlock());
        two.get(0).writeLock().lock();
        assertThrows(
                IllegalMonitorStateException.class,
                () -> Threads.run(() -> two.get(1).writeLock().unlock()).get());
        two.get(0).writeLock().unlock();
    }

    @Test
    void anInterruptTakesNothing() throws Exception {
        List<ReadWriteLock> two = create();
        two.get(0).readLock().lock();
        var waiting = Threads.run(() -> two.get(1).writeLock().lockInterruptibly());
        waiting.interrupt();
        assertThrows(InterruptedException.class, waiting::get);
        two.get(0).readLock().unlock();
        two.get(0).writeLock().lock();
        var reader = Threads.run(() -> two.get(1).readLock().lockInterruptibly());
        reader.interrupt();
        assertThrows(InterruptedException.class, reader::get);
        two.get(0).writeLock().unlock();
        assertTrue(two.get(1).writeLock().tryLock());
        two.get(1).writeLock().unlock();
    }

    @Test
    void readersAndWritersStarveNeither() throws Exception {
        List<ReadWriteLock> two = create();
        AtomicBoolean stop = new AtomicBoolean();
        List<Threads.Running<Void>> hogs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            ReadWriteLock lock = two.get(i);
            for (Lock mine : List.of(lock.readLock(), lock.writeLock())) {
                hogs.add(Threads.run(() -> {
                    while (!stop.get()) {
                        mine.lock();
                        mine.unlock();
                    }
                }));
            }
        }
        try {
            for (int i = 0; i < 20; i++) {
                Lock mine = i % 2 == 0 ? two.get(0).readLock() : two.get(1).writeLock();
                assertTrue(mine.tryLock(60, TimeUnit.SECONDS), "starved in round " + i);
                mine.unlock();
            }
        } finally {
            stop.set(true);
        }
        for (var hog : hogs) {
            hog.get();
        }
    }
}
