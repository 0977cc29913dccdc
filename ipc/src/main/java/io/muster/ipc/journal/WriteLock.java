package io.muster.ipc.journal;

import io.muster.ipc.memory.Pids;
import java.util.function.LongPredicate;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.table.AbstractTSQueueLock;

/**
 * The word by which the writers of a queue, of all processes, keep out each other: the holder's pid, in Chronicle's table of the
 * queue. Chronicle itself takes it from a dead holder once its timeout is over; {@link #takeFromDead} need not wait for that.
 *
 * <p>Only from a holder of which no thread can run, or that is no user of the queue, is it taken, by a compare-and-set from that holder's own value: of several who
 * see the same death one succeeds, and a holder that lives keeps it. Thread-safe.
 */
final class WriteLock implements AutoCloseable {
    /** What Chronicle calls it. Under another name it would look free, and be left to Chronicle. */
    private static final String KEY = "chronicle.write.lock";

    private static final int OWN_PID = (int) ProcessHandle.current().pid();

    private final LongPredicate users;
    private LongValue word;

    /** @param users whether a live process that is not this one, but has that pid, may use the queue */
    WriteLock(LongPredicate users) {
        this.users = users;
    }

    /** Until then nothing is taken. */
    synchronized void attach(SingleChronicleQueue queue) {
        word = queue.metaStore().doWithExclusiveLock(table -> table.acquireValueFor(KEY, AbstractTSQueueLock.UNLOCKED));
    }

    /**
     * Frees the lock if a process that has had this one's pid before holds it, as the first one of a container that was started
     * again may. For who knows that nobody uses the queue in this process.
     */
    synchronized void takeFromNamesake() {
        long holder = word.getVolatileValue();
        if (holder != AbstractTSQueueLock.UNLOCKED && (int) holder == OWN_PID && !users.test(OWN_PID)) {
            word.compareAndSwapValue(holder, AbstractTSQueueLock.UNLOCKED);
        }
    }

    /**
     * Frees the lock if a dead process holds it, or one that has a dead one's pid and does not use the queue, and says whether it
     * did; costs some 30 microseconds while another does.
     */
    synchronized boolean takeFromDead() {
        if (word == null) {
            return false;
        }
        long holder = word.getVolatileValue();
        int pid = (int) holder; // The upper half is Chronicle's own.
        return holder != AbstractTSQueueLock.UNLOCKED
                && pid > 0
                && pid != OWN_PID
                && (Pids.isGone(pid) || !users.test(pid))
                && word.compareAndSwapValue(holder, AbstractTSQueueLock.UNLOCKED);
    }

    /** Takes it for this process, if it is free; {@link #release} is to follow. */
    synchronized boolean tryTake() {
        return word.compareAndSwapValue(AbstractTSQueueLock.UNLOCKED, OWN_PID);
    }

    /** For who knows that it is held by this process, in the hands of this very thread. */
    synchronized void release() {
        word.compareAndSwapValue(OWN_PID, AbstractTSQueueLock.UNLOCKED);
    }

    /** Before the queue is. */
    @Override
    public synchronized void close() {
        if (word != null) {
            word.close();
            word = null;
        }
    }
}
