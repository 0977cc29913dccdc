package io.muster.ipc.journal;

import io.muster.ipc.internal.cell.Arrival;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.Waiter;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;

/** A work queue, opened: what a consumer of this process holds, and how it comes to the next entry. */
final class WorkQueueHandle<E> implements WorkQueue<E> {
    private static final long serialVersionUID = 1L;
    private static final long MILLION = 1_000_000;
    /**
     * An entry waits no longer than that if who was woken for it is killed before it takes it, or who held it, and nobody
     * tells: with the end of that process less than 200 ms.
     */
    private static final Duration LOOK_EVERY = Duration.ofMillis(150);

    private final transient JournalHome home;
    private final transient EntryCodec<E> codec;
    private final transient int prefetch;
    private final transient ClaimTable claims;
    private final transient NewEntries newEntries;
    private final transient DeadLetters deadLetters;
    private final transient Retention retention;
    private final transient Waiter waiter =
            Waiter.builder().lookEvery(LOOK_EVERY).build();
    private final transient DeliveriesInHand<E> inHand;
    /** Held to read by whoever is taking, so that closing does not begin before what was taken is known. */
    private final transient ReentrantReadWriteLock taking = new ReentrantReadWriteLock();

    WorkQueueHandle(JournalHome home, EntryCodec<E> codec, int prefetch) {
        this.home = home;
        this.codec = codec;
        this.prefetch = prefetch;
        this.inHand = new DeliveriesInHand<>(home, prefetch);
        this.claims = new ClaimTable(home);
        this.newEntries = new NewEntries(home, claims);
        this.deadLetters = new DeadLetters(home);
        this.retention = new Retention(home, home.entries(), claims::firstNeeded);
    }

    @Override
    public long append(E entry) {
        return append(entry, 0);
    }

    @Override
    public long append(E entry, Duration delay) {
        Objects.requireNonNull(delay, "delay");
        return append(entry, delay.isNegative() || delay.isZero() ? 0 : in(delay));
    }

    private long append(E entry, long ready) {
        byte[] payload = codec.encode(entry);
        home.checkOpen();
        long index = home.entries().append(ready, payload, payload.length);
        home.bell().word().wake(1);
        retention.sawEntry(index);
        return index;
    }

    private long in(Duration time) {
        long now = home.now();
        return time.compareTo(Duration.ofMillis(Claim.NEVER - now - 1)) >= 0 ? Claim.NEVER - 1 : now + time.toMillis();
    }

    @Override
    public void sync() {
        home.checkOpen();
        home.force();
    }

    @Override
    public Delivery<E> take() throws InterruptedException {
        return next(Deadline.never());
    }

    @Override
    public Delivery<E> poll(Duration wait) throws InterruptedException {
        return next(Deadline.after(wait));
    }

    @Override
    public Delivery<E> poll() {
        taking.readLock().lock();
        try {
            home.checkOpen();
            return inHand.tryRoom() ? deliver(holdWithRoom()) : null;
        } finally {
            taking.readLock().unlock();
        }
    }

    private Taken holdWithRoom() {
        boolean looked = false;
        try {
            Taken taken = tryHold();
            looked = true;
            return taken;
        } finally {
            if (!looked) {
                inHand.giveRoomBack();
            }
        }
    }

    private Delivery<E> next(Deadline deadline) throws InterruptedException {
        taking.readLock().lock();
        try {
            return nextWhileOpen(deadline);
        } finally {
            taking.readLock().unlock();
        }
    }

    private Delivery<E> nextWhileOpen(Deadline deadline) throws InterruptedException {
        home.checkOpen();
        if (!inHand.awaitRoom(deadline)) {
            return null;
        }
        boolean waited = false;
        Taken taken = null;
        try {
            taken = awaitEntry(deadline);
            waited = true;
        } finally {
            if (!waited) {
                inHand.giveRoomBack();
            }
        }
        return deliver(taken);
    }

    /** Null after the deadline. */
    private Taken awaitEntry(Deadline deadline) throws InterruptedException {
        Taken[] taken = new Taken[1];
        BooleanSupplier ready = () -> home.isClosed() || (taken[0] = tryHold()) != null;
        BooleanSupplier more = () -> !home.isClosed() && mayHold();
        while (!waiter.await(home.bell().word(), ready, more, untilDue(deadline))) {
            if (deadline.isExpired()) {
                return null;
            }
        }
        if (taken[0] == null) {
            home.checkOpen();
        }
        return taken[0];
    }

    /** What comes back by itself wakes nobody: wait no longer than that. */
    private Deadline untilDue(Deadline deadline) {
        long millis = claims.millisToDue();
        boolean soon = millis < TimeUnit.DAYS.toMillis(1) && Math.max(1, millis) * MILLION < deadline.remainingNanos();
        return soon ? Deadline.afterNanos(Math.max(1, millis) * MILLION) : deadline;
    }

    private boolean mayHold() {
        return claims.mayHaveReturned() || newEntries.areThere();
    }

    /** A claim of this process; the entry too, if it was read for that. */
    record Taken(ClaimTable.Held held, Entry entry) {}

    private Taken tryHold() {
        if (!mayHold()) {
            return null;
        }
        int maxAttempts = home.settings().maxAttempts();
        claims.lock();
        try {
            ClaimTable.Held back = claims.takeBack(dueOfNew(), maxAttempts, this::bury);
            return back != null ? new Taken(back, null) : newEntries.hold(dueOfNew());
        } finally {
            claims.unlock();
        }
    }

    private long dueOfNew() {
        Duration visibility = home.settings().visibility();
        return visibility == null ? Claim.NEVER : in(visibility);
    }

    private void bury(long index, int attempts) {
        Entry entry = newEntries.read(index);
        if (entry != null) {
            deadLetters.add(entry, attempts);
        }
    }

    private Delivery<E> deliver(Taken taken) {
        if (taken == null) {
            inHand.giveRoomBack();
            return null;
        }
        ClaimTable.Held held = taken.held;
        retention.sawEntry(held.index());
        boolean delivered = false;
        try {
            Entry entry = taken.entry != null ? taken.entry : newEntries.read(held.index());
            if (entry == null) {
                claims.end(held);
                throw new JournalException("entry 0x" + Long.toHexString(held.index()) + " of the journal in "
                        + home.directory() + " is not there any more: its file was deleted. It counts as done.");
            }
            DeliveryHandle<E> delivery =
                    new DeliveryHandle<>(this, held, Instant.ofEpochMilli(entry.timeMillis()), codec.decode(entry));
            inHand.add(delivery);
            delivered = true;
            if (home.isClosed()) {
                delivery.nack();
                home.checkOpen();
            }
            return delivery;
        } finally {
            if (!delivered) {
                giveBack(held, Duration.ZERO);
                inHand.giveRoomBack();
            }
        }
    }

    boolean acknowledge(ClaimTable.Held held) {
        return claims.end(held);
    }

    boolean giveBack(ClaimTable.Held held, Duration delay) {
        int maxAttempts = home.settings().maxAttempts();
        boolean done = maxAttempts > 0 && held.claim().attempts() >= maxAttempts
                ? buryHeld(held)
                : claims.giveBack(held, delay.isNegative() || delay.isZero() ? home.now() : in(delay));
        home.bell().word().wake(1);
        return done;
    }

    private boolean buryHeld(ClaimTable.Held held) {
        claims.lock();
        try {
            if (!claims.isStillHeld(held)) {
                return false;
            }
            bury(held.index(), held.claim().attempts());
            return claims.end(held);
        } finally {
            claims.unlock();
        }
    }

    ClaimTable.Held extend(ClaimTable.Held held, Duration time) {
        return claims.extend(held, in(time));
    }

    boolean isInTime(ClaimTable.Held held) {
        return claims.isInTime(held);
    }

    void ended(DeliveryHandle<E> delivery) {
        inHand.ended(delivery);
    }

    @Override
    public Counts counts() {
        home.checkOpen();
        return counts(home, claims, deadLetters);
    }

    static Counts counts(JournalHome home, ClaimTable claims, DeadLetters deadLetters) {
        long[] known = claims.count();
        long fresh = home.entries().countBehind(claims.cursor());
        return new Counts(fresh + known[2], known[1], known[0], deadLetters.count());
    }

    @Override
    public List<DeadLetter<E>> deadLetters() {
        home.checkOpen();
        return deadLetters.all(codec);
    }

    @Override
    public boolean requeue(DeadLetter<E> letter) {
        Objects.requireNonNull(letter, "letter");
        home.checkOpen();
        return requeue(home, claims, deadLetters, letter);
    }

    static boolean requeue(JournalHome home, ClaimTable claims, DeadLetters deadLetters, DeadLetter<?> letter) {
        claims.lock();
        try {
            if (!deadLetters.has(letter.index())) {
                return false;
            }
            home.entries().append(0, letter.bytes(), letter.bytes().length);
            deadLetters.remove(letter.index());
        } finally {
            claims.unlock();
        }
        home.bell().word().wake(1);
        return true;
    }

    @Override
    public boolean discard(DeadLetter<E> letter) {
        Objects.requireNonNull(letter, "letter");
        home.checkOpen();
        return deadLetters.remove(letter.index());
    }

    @Override
    public long trim() {
        home.checkOpen();
        return retention.run(false) + (deadLetters.count() == 0 ? 0 : deadLetters.trim());
    }

    @Override
    public Path path() {
        return home.directory();
    }

    @Override
    public void close() {
        if (home.isClosed()) {
            return;
        }
        home.beginClose();
        taking.writeLock().lock();
        try {
            inHand.giveBackAll();
            newEntries.close();
            deadLetters.close();
            home.close();
        } finally {
            taking.writeLock().unlock();
        }
    }

    @Override
    public String toString() {
        return "WorkQueue<" + codec.type().getName() + ">[" + home.directory() + (home.isClosed() ? ", closed]" : "]");
    }

    private record Form(String directory, Class<?> type, int prefetch) implements Serializable {
        private Object readResolve() {
            return Arrival.note(WorkQueue.builder(Path.of(directory), type)
                    .prefetch(prefetch)
                    .open());
        }
    }

    private Object writeReplace() {
        if (home.isClosed()) {
            throw new ClosedObjectException(this + ": cannot travel");
        }
        return new Form(home.directory().toString(), codec.type(), prefetch);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("only what replaces a work queue travels");
    }
}
