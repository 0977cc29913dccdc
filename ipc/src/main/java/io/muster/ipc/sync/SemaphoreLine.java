package io.muster.ipc.sync;

import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.PartyCells;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.PartyId;
import io.muster.ipc.wait.Deadline;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Who waits for a fair semaphore, in order: at most one thread of each process stands in the shared line, the others wait
 * behind it inside their process. A process that died counts for nothing here.
 */
final class SemaphoreLine {
    /** For how long permits may lie before somebody who is stopped, until he is passed by. */
    private static final long OVERDUE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Memory memory;
    private final long last;
    private final long places;
    private final int slot;
    private final PartyCells standing;
    /** Of this process, the one that may stand in the shared line. */
    private final Semaphore front = new Semaphore(1, true);
    /** Since when the first in line could go and does not: by the one thread that stands in the line. */
    private long idleSince;

    private long idlePlace;

    SemaphoreLine(Participant participant, Memory memory, long base) {
        this.memory = memory;
        this.last = base + SemaphoreLayout.LAST;
        int capacity = participant.place().capacity();
        this.places = base + SemaphoreLayout.place(capacity, 0);
        this.slot = PartyId.slot(participant.self());
        this.standing = new PartyCells(participant, memory, base + SemaphoreLayout.line(capacity));
    }

    boolean comeToTheFront(Deadline deadline, boolean interruptible) throws InterruptedException {
        if (interruptible) {
            return front.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        }
        front.acquireUninterruptibly();
        return true;
    }

    void letNextComeToTheFront() {
        front.release();
    }

    private boolean isStanding() {
        return standing.mine() != 0;
    }

    /** Takes the next place, under the lock; keeps the one that it has. */
    void stand(int permits) {
        if (!isStanding()) {
            long place = memory.getLong(last) + 1;
            memory.putLong(
                    places + (long) slot * Long.BYTES,
                    place << SemaphoreLayout.WANTED_BITS | Math.min(permits, PartyCells.MAX_PAYLOAD));
            memory.putLongRelease(last, place);
            standing.setMine(1);
        }
    }

    /** Without the lock: the word is this party's own. Returns whether it stood. */
    boolean leave() {
        boolean stood = isStanding();
        if (stood) {
            standing.setMine(0);
        }
        return stood;
    }

    private long placeOf(int ofSlot) {
        return memory.getLongVolatile(places + (long) ofSlot * Long.BYTES);
    }

    /** Whether nobody stands before this process, which itself may stand or not. */
    boolean isFirst() {
        int first = firstSlot();
        return first < 0 || first == slot;
    }

    private int firstSlot() {
        int first = -1;
        for (int each = 0, high = standing.high(); each < high; each++) {
            if (standing.held(each) != 0 && (first < 0 || placeOf(each) < placeOf(first))) {
                first = each;
            }
        }
        return first;
    }

    /** Whether the first in line has had what it wants for some time and does not come. */
    boolean isFirstOverdue(long available) {
        int first = firstSlot();
        long place = first < 0 ? 0 : placeOf(first);
        if (first < 0 || (place & PartyCells.MAX_PAYLOAD) > available) {
            idlePlace = 0;
            return false;
        }
        if (place != idlePlace) {
            idlePlace = place;
            idleSince = System.nanoTime();
            return false;
        }
        return System.nanoTime() - idleSince > OVERDUE_NANOS;
    }

    void judgeOthers() {
        standing.judgeHolders();
    }
}
