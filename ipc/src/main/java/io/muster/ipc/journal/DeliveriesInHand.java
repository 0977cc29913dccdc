package io.muster.ipc.journal;

import io.muster.ipc.wait.Deadline;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What one handle of a work queue has taken and not ended, and room for what it may still take. Who takes gets room first, and
 * gives it back if nothing came of it. Thread-safe.
 *
 * @param <E> entries
 */
final class DeliveriesInHand<E> {
    private static final long LOOK_FOR_LOST_NANOS = 250_000_000;

    private final JournalHome home;
    /** One for each delivery that may still be taken. */
    private final Semaphore room;

    private final Set<DeliveryHandle<E>> open = ConcurrentHashMap.newKeySet();

    DeliveriesInHand(JournalHome home, int most) {
        this.home = home;
        this.room = new Semaphore(most);
    }

    boolean tryRoom() {
        if (room.tryAcquire()) {
            return true;
        }
        lookForLost();
        return room.tryAcquire();
    }

    /** False if there was none before the deadline. */
    boolean awaitRoom(Deadline deadline) throws InterruptedException {
        while (!room.tryAcquire(Math.min(LOOK_FOR_LOST_NANOS, deadline.remainingNanos()), TimeUnit.NANOSECONDS)) {
            home.checkOpen();
            lookForLost();
            if (deadline.isExpired()) {
                return room.tryAcquire();
            }
        }
        return true;
    }

    /** Deliveries whose time is over make room without being ended by anybody. */
    private void lookForLost() {
        for (DeliveryHandle<E> each : open) {
            each.checkHeld();
        }
    }

    void giveRoomBack() {
        room.release();
    }

    void add(DeliveryHandle<E> delivery) {
        open.add(delivery);
    }

    void ended(DeliveryHandle<E> delivery) {
        if (open.remove(delivery)) {
            room.release();
        }
    }

    /** For when nobody takes any more. */
    void giveBackAll() {
        for (DeliveryHandle<E> each : open) {
            each.nack();
        }
    }
}
