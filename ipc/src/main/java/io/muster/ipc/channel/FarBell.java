package io.muster.ipc.channel;

import io.muster.ipc.internal.bell.Bell;
import io.muster.ipc.internal.bell.Bells;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.Waiter;
import java.util.BitSet;

/**
 * The bell of a set in a place other than where the set sleeps: only what lies in a place can be rung from there. A thread
 * sleeps on it and passes the rings on.
 */
final class FarBell {
    private final Participant place;
    private final SetMembers set;
    private final Bell bell;
    private final BitSet lines = new BitSet();
    private int seenDeaths;
    private volatile boolean closed;

    FarBell(Participant place, SetMembers set) {
        this.place = place;
        this.set = set;
        this.bell = new Bell(Bells.of(place));
        this.seenDeaths = place.place().deaths();
        Thread thread = new Thread(this::run, "muster-waitset-place");
        thread.setDaemon(true);
        thread.start();
    }

    long line(int number) {
        synchronized (lines) {
            lines.set(number);
        }
        return bell.line(number);
    }

    private void run() {
        Waiter waiter = Waiter.builder().repair(this::afterDeaths).build();
        try {
            while (!closed) {
                bell.await(waiter, () -> closed || bell.isRung(), Deadline.never());
                bell.drain(set::ring);
            }
        } catch (InterruptedException | ClosedObjectException e) {
            // Closed.
        } finally {
            bell.close();
        }
    }

    /** Whoever died may have been about to ring. */
    private void afterDeaths() {
        int deaths = place.place().deaths();
        if (deaths != seenDeaths) {
            seenDeaths = deaths;
            synchronized (lines) {
                lines.stream().forEach(set::ring);
            }
        }
    }

    /** When nothing is armed with it any more. */
    void close() {
        closed = true;
        bell.wake();
    }
}
