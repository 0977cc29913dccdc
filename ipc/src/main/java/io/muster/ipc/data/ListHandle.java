package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Arrival;
import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.CellRef;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.internal.cell.SharedHandle;
import io.muster.ipc.memory.ClosedObjectException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Collection;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** A handle to a shared list: it knows how to travel and whether it is closed. */
final class ListHandle<E> extends ListView<E> implements SharedList<E> {
    private static final long serialVersionUID = 1L;

    private final transient Door door;

    ListHandle(ListCore core, boolean maker) {
        this.door = new Door(core, maker);
    }

    static <E> SharedList<E> create(Participant participant) {
        Cell cell = participant.cells().allocate(ListLayout.KIND, ListLayout.VERSION, ListCore.bodyBytes());
        ListCore core = new ListCore(participant, cell);
        cell.publish();
        participant.add(cell, core);
        return new ListHandle<>(core, true);
    }

    private static <E> SharedList<E> attach(CellRef ref) {
        Participant participant = Participants.at(ref.place());
        ListCore core = participant.attach(
                ref, ListLayout.KIND, ListLayout.VERSION, ListCore.class, cell -> new ListCore(participant, cell));
        return new ListHandle<>(core, false);
    }

    /** What all handles have in common; a list cannot extend it, as its equals is that of lists. */
    private static final class Door extends SharedHandle<ListCore> {
        private static final long serialVersionUID = 1L;

        Door(ListCore core, boolean maker) {
            super(core, maker);
        }

        ListCore open() {
            return core();
        }

        CellRef leave() {
            return travel();
        }
    }

    @Override
    ListCore core() {
        return door.open();
    }

    @Override
    int start() {
        return 0;
    }

    @Override
    ListSnapshot snapshot() {
        return core().snapshot();
    }

    @Override
    void grew(int elements) {}

    @Override
    int lengthAfter(int grown) {
        return -1;
    }

    @Override
    int checkedIndex(int index) {
        return index;
    }

    @Override
    int checkedPosition(int index) {
        return index;
    }

    @Override
    public int size() {
        return core().size();
    }

    @Override
    public boolean add(E element) {
        core().append(encodeOne(element));
        return true;
    }

    @Override
    public boolean addAll(Collection<? extends E> elements) {
        byte[][] encoded = encodeAll(elements);
        core().append(encoded);
        return encoded.length > 0;
    }

    @Override
    public void clear() {
        core().clear();
    }

    @Override
    protected void removeRange(int from, int to) {
        core().splice(from, to, ListPlan.NOTHING);
    }

    @Override
    public E update(int index, UnaryOperator<E> change) {
        Objects.requireNonNull(change, "change");
        ListCore core = core();
        while (true) {
            ListElement element = core.element(index);
            E updated = change.apply(decode(element.encoded(), index));
            if (core.replace(index, element, encodeOne(updated))) {
                return updated;
            }
        }
    }

    @Override
    public E getFirst() {
        return decodeEnd(end(core(), true));
    }

    @Override
    public E getLast() {
        return decodeEnd(end(core(), false));
    }

    @Override
    public void addFirst(E element) {
        add(0, element);
    }

    @Override
    public void addLast(E element) {
        add(element);
    }

    @Override
    public E removeFirst() {
        return removeEnd(true);
    }

    @Override
    public E removeLast() {
        return removeEnd(false);
    }

    private E removeEnd(boolean first) {
        ListCore core = core();
        while (true) {
            ListSnapshot end = end(core, first);
            E removed = decodeEnd(end);
            if (core.removeEnd(first, end.element(0))) {
                return removed;
            }
        }
    }

    private static ListSnapshot end(ListCore core, boolean first) {
        ListSnapshot end = core.end(first);
        if (end.size() == 0) {
            throw new NoSuchElementException("the list is empty");
        }
        return end;
    }

    private E decodeEnd(ListSnapshot end) {
        return decode(end.encoded(0), end.from());
    }

    @Override
    public void close() {
        door.close();
    }

    /** What is in it, as for any list; after closing, that it is closed. */
    @Override
    public String toString() {
        Arrival shown = Arrival.begin();
        try {
            return super.toString();
        } catch (ClosedObjectException e) {
            return "SharedList, closed";
        } finally {
            shown.close();
        }
    }

    private Object writeReplace() {
        return new Form(door.leave());
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("only what replaces a handle travels");
    }

    /** What travels. */
    private record Form(CellRef ref) implements Serializable {
        private static final long serialVersionUID = 1L;

        private Object readResolve() {
            return attach(ref);
        }
    }
}
