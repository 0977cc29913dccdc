package io.muster.ipc.channel;

import io.muster.ipc.channel.QueueTakes.Claim;
import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.internal.bell.BellCore;
import io.muster.ipc.internal.bell.BellSource;
import io.muster.ipc.internal.cell.Arrival;
import io.muster.ipc.internal.cell.CellRef;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.internal.cell.SharedHandle;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.wait.Deadline;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A handle to a shared queue: objects in place of encodings. */
class QueueHandle<E> extends SharedHandle<QueueCore> implements SharedQueue<E>, BellSource {
    private static final long serialVersionUID = 1L;

    /** So many small items leave the queue together, before the first is decoded. */
    private static final int MOST_AT_ONCE = 64;

    private final transient boolean takesLast;
    private final transient AtomicBoolean left = new AtomicBoolean();

    QueueHandle(QueueCore core, boolean maker) {
        super(core, maker);
        this.takesLast = core.style().takesLast();
        core.use.open();
    }

    @Override
    public void close() {
        if (left.compareAndSet(false, true)) {
            core().use.close();
        }
        super.close();
    }

    static QueueHandle<?> attach(CellRef ref) {
        Participant participant = Participants.at(ref.place());
        QueueCore core = participant.attach(
                ref, QueueLayout.KIND, QueueLayout.VERSION, QueueCore.class, cell -> new QueueCore(participant, cell));
        return switch (core.style()) {
            case FIFO, LIFO -> new QueueHandle<>(core, false);
            case DEQUE -> new DequeHandle<>(core, false);
            case PRIORITY -> new PriorityHandle<>(core, false);
            case JOINABLE -> new JoinableHandle<>(core, false);
        };
    }

    /** What becomes of an item that is taken by {@code take} and its kind. */
    Claim claim() {
        return Claim.REMOVE;
    }

    long priorityOf(E item) {
        return 0;
    }

    static Deadline deadline(long timeout, TimeUnit unit) {
        return Deadline.afterNanos(unit.toNanos(timeout));
    }

    static Deadline deadline(Duration timeout) {
        return Deadline.after(Objects.requireNonNull(timeout, "timeout"));
    }

    @Override
    public BellCore bellCore() {
        return core();
    }

    // Putting.

    final boolean put(E item, boolean front, long priority, Deadline deadline) throws InterruptedException {
        Objects.requireNonNull(item, "item");
        QueueCore core = core();
        QueueScratch s = QueueScratch.take();
        try {
            s.encode(item, front, priority);
            return core.puts.put(s, deadline);
        } finally {
            s.giveBack();
        }
    }

    final boolean offer(E item, boolean front, long priority) {
        Objects.requireNonNull(item, "item");
        QueueCore core = core();
        QueueScratch s = QueueScratch.take();
        try {
            s.encode(item, front, priority);
            return core.puts.offer(s);
        } finally {
            s.giveBack();
        }
    }

    final void addOrThrow(boolean added) {
        if (!added) {
            throw new IllegalStateException("the item was not added: " + core() + " is full, " + size() + " of "
                    + capacity() + " items wait in it. put() waits for room, offer() says whether there was any.");
        }
    }

    @Override
    public void put(E item) throws InterruptedException {
        put(item, false, priorityOf(item), Deadline.never());
    }

    @Override
    public boolean offer(E item) {
        return offer(item, false, priorityOf(item));
    }

    @Override
    public boolean offer(E item, long timeout, TimeUnit unit) throws InterruptedException {
        return put(item, false, priorityOf(item), deadline(timeout, unit));
    }

    @Override
    public boolean offer(E item, Duration timeout) throws InterruptedException {
        return put(item, false, priorityOf(item), deadline(timeout));
    }

    @Override
    public boolean add(E item) {
        addOrThrow(offer(item));
        return true;
    }

    @Override
    public boolean addAll(Collection<? extends E> items) {
        Objects.requireNonNull(items, "items");
        if (items == this) {
            throw new IllegalArgumentException("a queue cannot be added to itself");
        }
        boolean changed = false;
        for (E item : items) {
            changed |= add(item);
        }
        return changed;
    }

    @Override
    public void putAll(Collection<? extends E> items) throws InterruptedException {
        core().puts.putAll(batch(items));
    }

    @Override
    public int offerAll(Collection<? extends E> items) {
        QueueBatch batch = batch(items);
        core().puts.offerAll(batch);
        return batch.done();
    }

    private QueueBatch batch(Collection<? extends E> items) {
        Objects.requireNonNull(items, "items");
        QueueBatch batch = new QueueBatch();
        for (E item : items) {
            Objects.requireNonNull(item, "an item");
            batch.add(ObjectCodec.standard().encode(item), priorityOf(item));
        }
        return batch;
    }

    // Taking.

    @SuppressWarnings("unchecked")
    private static <E> E value(QueueScratch s) {
        return (E) s.value;
    }

    final E take(boolean last, Deadline deadline) throws InterruptedException {
        QueueCore core = core();
        QueueScratch s = QueueScratch.take();
        try {
            return core.takes.take(s, last, claim(), deadline) ? value(s) : null;
        } finally {
            s.giveBack();
        }
    }

    final E poll(boolean last) {
        QueueCore core = core();
        QueueScratch s = QueueScratch.take();
        try {
            return core.takes.poll(s, last, claim()) ? value(s) : null;
        } finally {
            s.giveBack();
        }
    }

    final E peek(boolean last) {
        QueueCore core = core();
        QueueScratch s = QueueScratch.take();
        try {
            if (!core.takes.peek(s, last)) {
                return null;
            }
            if (s.failure != null) {
                throw core.takes.unreadable(
                        s, "the next item of " + core + " cannot be read in this process; it stays");
            }
            return value(s);
        } finally {
            s.giveBack();
        }
    }

    static <T> T orThrow(T item) {
        if (item == null) {
            throw new NoSuchElementException("the queue is empty");
        }
        return item;
    }

    @Override
    public E take() throws InterruptedException {
        return take(takesLast, Deadline.never());
    }

    @Override
    public E poll() {
        return poll(takesLast);
    }

    @Override
    public E poll(long timeout, TimeUnit unit) throws InterruptedException {
        return take(takesLast, deadline(timeout, unit));
    }

    @Override
    public E poll(Duration timeout) throws InterruptedException {
        return take(takesLast, deadline(timeout));
    }

    @Override
    public E peek() {
        return peek(takesLast);
    }

    @Override
    public E element() {
        return orThrow(peek());
    }

    @Override
    public E remove() {
        return orThrow(poll());
    }

    @Override
    public int drainTo(Collection<? super E> target) {
        return drainTo(target, Integer.MAX_VALUE);
    }

    @Override
    public int drainTo(Collection<? super E> target, int most) {
        Objects.requireNonNull(target, "target");
        if (target == this) {
            throw new IllegalArgumentException("a queue cannot be drained to itself");
        }
        core();
        int drained = 0;
        while (drained < most) {
            int some = claim() == Claim.REMOVE ? drainSome(target, Math.min(most - drained, MOST_AT_ONCE)) : 0;
            E item = some == 0 ? poll() : null;
            if (item != null) {
                target.add(item);
                some = 1;
            }
            if (some == 0) {
                break;
            }
            drained += some;
        }
        return drained;
    }

    /** Moves small items; one that cannot be read does not keep back those behind it, which have left the queue with it. */
    private int drainSome(Collection<? super E> target, int most) {
        QueueCore core = core();
        QueueScratch s = QueueScratch.take();
        UnreadableItemException unreadable = null;
        try {
            List<byte[]> taken = core.takes.takeSome(s, takesLast, most);
            for (byte[] encoded : taken) {
                try {
                    core.takes.complete(s, encoded);
                    target.add(QueueHandle.<E>value(s));
                } catch (UnreadableItemException e) {
                    if (unreadable != null) {
                        e.addSuppressed(unreadable);
                    }
                    unreadable = e;
                }
            }
            if (unreadable != null) {
                throw unreadable;
            }
            return taken.size();
        } finally {
            s.giveBack();
        }
    }

    private Delivery<E> receive(Deadline deadline) throws InterruptedException {
        QueueCore core = core();
        QueueScratch s = QueueScratch.take();
        try {
            return core.takes.take(s, takesLast, Claim.LEND, deadline) ? new QueueDelivery<E>(core, s, value(s)) : null;
        } finally {
            s.giveBack();
        }
    }

    @Override
    public Delivery<E> receive() throws InterruptedException {
        return receive(Deadline.never());
    }

    @Override
    public Optional<Delivery<E>> receive(Duration timeout) throws InterruptedException {
        return Optional.ofNullable(receive(deadline(timeout)));
    }

    // The whole of it.

    @Override
    public int capacity() {
        return core().books.capacity;
    }

    @Override
    public long capacityBytes() {
        return core().books.mostBytes;
    }

    @Override
    public int remainingCapacity() {
        return core().remainingCapacity();
    }

    @Override
    public int size() {
        return core().size();
    }

    @Override
    public boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public void clear() {
        core().content.clear();
    }

    @Override
    public boolean contains(Object item) {
        QueueCore core = core();
        return item != null && core.content.contains(ObjectCodec.standard().encode(item));
    }

    @Override
    public boolean containsAll(Collection<?> items) {
        for (Object item : items) {
            if (!contains(item)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean remove(Object item) {
        return removeOne(item, takesLast);
    }

    final boolean removeOne(Object item, boolean last) {
        QueueCore core = core();
        return item != null && core.content.remove(ObjectCodec.standard().encode(item), last);
    }

    @Override
    public boolean removeAll(Collection<?> items) {
        Objects.requireNonNull(items, "items");
        return removeIf(items::contains);
    }

    @Override
    public boolean retainAll(Collection<?> items) {
        Objects.requireNonNull(items, "items");
        return removeIf(item -> !items.contains(item));
    }

    @Override
    public Iterator<E> iterator() {
        return new QueueIterator<>(core(), takesLast);
    }

    private List<E> copy() {
        List<E> copy = new ArrayList<>();
        try (Arrival arrival = Arrival.begin()) {
            iterator().forEachRemaining(copy::add);
            arrival.keep();
        }
        return copy;
    }

    @Override
    public Object[] toArray() {
        return copy().toArray();
    }

    @Override
    public <T> T[] toArray(T[] target) {
        return copy().toArray(target);
    }

    /** What is in it, as for any collection; after closing, that it is closed. */
    @Override
    public String toString() {
        Arrival shown = Arrival.begin();
        try {
            return Arrays.toString(toArray());
        } catch (ClosedObjectException e) {
            return "SharedQueue, closed";
        } catch (UnreadableItemException e) {
            int size = size();
            return "SharedQueue, " + size + (size == 1 ? " item" : " items") + ", not all of which can be read here";
        } finally {
            shown.close();
        }
    }

    /** Of subclasses too. */
    final Object writeReplace() throws ObjectStreamException {
        if (core().staysHere()) {
            throw new NotSerializableException("a queue made by createInProcess() stays in its process: make it by"
                    + " create() to share it with others");
        }
        return new Form(travel());
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("only what replaces a handle travels");
    }

    /** What travels. */
    private record Form(CellRef ref) implements Serializable {
        private static final long serialVersionUID = 1L;

        private Object readResolve() {
            return Arrival.note(attach(ref));
        }
    }
}
