package io.muster.ipc.channel;

import io.muster.ipc.channel.QueueLocks.Side;
import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.MemoryFault;
import io.muster.ipc.wait.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How items leave a shared queue, at once or when they are acknowledged. */
final class QueueTakes {
    private final QueueCore core;
    private final QueueBooks books;
    private final QueueCells cells;
    private final QueueIndex index;
    private final QueueFiles files;
    private final Memory memory;
    private final StreamGuess guess = new StreamGuess();

    QueueTakes(QueueCore core) {
        this.core = core;
        this.books = core.books;
        this.cells = core.cells;
        this.index = core.index;
        this.files = core.files;
        this.memory = core.memory;
    }

    /** What this process has taken and not yet acknowledged, the oldest first. */
    private final Queue<Kept> kept = new ConcurrentLinkedQueue<>();

    private record Kept(int cell, long key, long file) {}

    /** What becomes of an item that is taken. */
    enum Claim {
        /** It is gone. */
        REMOVE,
        /** It stays in this party's hands until that says that it is done. */
        KEEP,
        /** The same, by name. */
        LEND
    }

    /**
     * Takes an item into the scratch, decoded.
     *
     * @return false if there was none until the deadline
     * @throws UnreadableItemException if it cannot be decoded; it has left the queue
     */
    boolean take(QueueScratch s, boolean last, Claim claim, Deadline deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (guess.isStream() && books.mustLookAtPutters()) {
            letSomeCome();
        }
        boolean taken = tryTake(s, last, claim, QueueLocks.PATIENCE_NANOS) || await(s, last, claim, deadline);
        if (taken) {
            complete(s, claim);
        }
        return taken;
    }

    /** The same, if there is one now. */
    boolean poll(QueueScratch s, boolean last, Claim claim) {
        boolean taken = !core.isSurelyEmpty() && tryTake(s, last, claim, -1);
        if (taken) {
            complete(s, claim);
        }
        return taken;
    }

    /** Items come one right after the other: to be close behind whoever puts them would hold both up. */
    private void letSomeCome() {
        int before = books.ready();
        if (before < books.fewItems) {
            guess.letSomeCome();
            guess.noteWhetherSeveralCame(books.ready() - before > 1);
        }
    }

    private boolean await(QueueScratch s, boolean last, Claim claim, Deadline deadline) throws InterruptedException {
        guess.beginWait();
        boolean taken = core.dataWaiter.await(
                core.data,
                () -> mayTake(s) && tryTake(s, last, claim, QueueLocks.PATIENCE_NANOS),
                core::hasItems,
                deadline);
        guess.endWait(taken);
        return taken;
    }

    /**
     * Takes small items that are there now, up to so many, with one holding of the lock. They are not decoded yet.
     *
     * @return their encodings in their order; none if there is none, or the next one is to be taken by itself
     */
    List<byte[]> takeSome(QueueScratch s, boolean last, int most) {
        List<byte[]> taken = new ArrayList<>();
        if (core.isSurelyEmpty()) {
            return taken;
        }
        core.locks.enter(Side.TAKE, -1);
        boolean inOrder = false;
        try {
            core.use.note(QueueUse.TAKES);
            while (taken.size() < most && books.hasItems()) {
                int cell = last ? index.last() : index.first();
                look(cell, s);
                if (s.file != 0 || !s.isSmall()) {
                    break;
                }
                taken.add(s.copyOfBytes());
                books.noteTake(s.length, 0);
                claim(cell, s, Claim.REMOVE);
            }
            inOrder = true;
        } catch (InternalError e) {
            throw MemoryFault.translate(e, core);
        } finally {
            core.locks.exit(Side.TAKE, inOrder);
        }
        for (int i = 0; i < taken.size(); i++) {
            core.tellPutters(true);
        }
        return taken;
    }

    /** Decodes one of those into the scratch. */
    void complete(QueueScratch s, byte[] taken) {
        s.setFound(taken);
        s.length = taken.length;
        s.complete = true;
        complete(s, Claim.REMOVE);
    }

    private boolean mayTake(QueueScratch s) {
        guess.noteLook();
        boolean may = core.hasItems() || !core.isOpen();
        if (!may) {
            s.noteLook();
        }
        return may;
    }

    private boolean tryTake(QueueScratch s, boolean last, Claim claim, long patienceNanos) {
        if (!core.locks.enter(Side.TAKE, patienceNanos)) {
            return false;
        }
        boolean inOrder = false;
        boolean found = false;
        try {
            core.use.note(QueueUse.TAKES);
            if (books.hasItems()) {
                int cell = last ? index.last() : index.first();
                look(cell, s);
                s.deliveries++;
                books.noteTake(s.length, s.waitedNanos());
                claim(cell, s, claim);
                found = true;
            }
            inOrder = true;
        } catch (InternalError e) {
            throw MemoryFault.translate(e, core);
        } finally {
            core.locks.exit(Side.TAKE, inOrder);
        }
        if (found) {
            core.dataWaiter.noteWoke(core.tellPutters(true));
        } else {
            s.noteLook();
        }
        return found;
    }

    /** Copies an item that is READY, unless it lies in a file. */
    private void look(int cell, QueueScratch s) {
        long state = cells.state(cell);
        if (QueueLayout.phase(state) != QueueLayout.IS_READY) {
            throw new CorruptSegmentException("the index of " + core + " names cell " + cell
                    + ", which has the state 0x" + Long.toHexString(state) + ": it was overwritten by somebody");
        }
        s.cell = cell;
        s.key = cells.key(cell);
        s.length = core.checkedLength(cell);
        s.deliveries = QueueLayout.deliveries(state);
        s.returned = QueueLayout.isReturned(state);
        s.file = 0;
        s.complete = false;
        if (cells.isInFile(cell)) {
            s.file = cells.file(cell);
        } else {
            s.copyFrom(memory, core.offsetOf(cell));
        }
    }

    private void claim(int cell, QueueScratch s, Claim claim) {
        if (claim == Claim.REMOVE && s.file == 0 && (s.isSmall() || s.isSelfContained())) {
            s.complete = true;
            cells.publishTaken(cell, s.returned);
            index.remove(cell);
            core.forget(cell);
        } else {
            int phase = claim == Claim.LEND ? QueueLayout.IS_LENT : QueueLayout.IS_TAKEN;
            cells.publish(cell, QueueLayout.state(phase, s.returned, s.deliveries, core.self()));
            index.remove(cell);
            books.add(QueueLayout.HELD, 1);
        }
    }

    private void complete(QueueScratch s, Claim claim) {
        if (s.complete) {
            s.decodeWhateverHappens();
        } else {
            boolean decoded = false;
            try {
                if (s.file != 0) {
                    s.setFound(core.readFile(s.file, s.length));
                }
                s.decode();
                decoded = true;
            } finally {
                if (!decoded) {
                    settle(s.cell, s.key, s.file, false);
                } else if (claim == Claim.REMOVE || s.failure != null) {
                    settle(s.cell, s.key, s.file, true);
                }
            }
        }
        if (s.failure == null && claim == Claim.KEEP) {
            kept.add(new Kept(s.cell, s.key, s.file));
        }
        if (s.failure != null) {
            throw unreadable(s, "an item was taken from " + core + " and cannot be read in this process");
        }
    }

    UnreadableItemException unreadable(QueueScratch s, String what) {
        return new UnreadableItemException(what, s.copyOfBytes(), s.failure);
    }

    /**
     * Ends this party's hold on an item.
     *
     * @param done whether the item is done; else it goes back to its place, marked
     */
    void settle(int cell, long key, long file, boolean done) {
        Side side = done ? Side.TAKE : Side.BOTH;
        core.locks.enter(side, -1);
        boolean inOrder = false;
        boolean none = false;
        try {
            long state = cells.state(cell);
            int phase = QueueLayout.phase(state);
            boolean mine = (phase == QueueLayout.IS_TAKEN || phase == QueueLayout.IS_LENT)
                    && QueueLayout.party(state) == core.self()
                    && cells.key(cell) == key;
            if (!mine) {
                throw new CorruptSegmentException("cell " + cell + " of " + core + " has the state 0x"
                        + Long.toHexString(state) + ", but this process holds it: it was overwritten by somebody");
            }
            if (done) {
                cells.publish(cell, QueueLayout.IS_FREE);
                core.forget(cell);
            } else {
                cells.publish(cell, QueueLayout.ready(true, QueueLayout.deliveries(state), key));
                index.insert(cell);
                books.addLong(QueueLayout.RETURNED, 1);
            }
            books.add(QueueLayout.HELD, -1);
            none = books.unfinished() == 0; // of the other side a guess; who joins makes sure
            inOrder = true;
        } catch (InternalError e) {
            throw MemoryFault.translate(e, core);
        } finally {
            core.locks.exit(side, inOrder);
        }
        if (done && file != 0) {
            files.remove(file);
        }
        tellSettled(done, none);
    }

    private void tellSettled(boolean done, boolean none) {
        if (!done) {
            core.tellTakers(1);
        } else {
            core.tellPutters(false);
        }
        if (none && books.style == QueueStyle.JOINABLE) {
            core.idle.wakeAfterCas(Integer.MAX_VALUE);
        }
    }

    /**
     * Acknowledges the oldest item that this process has kept.
     *
     * @throws IllegalStateException if there is none
     */
    void taskDone() {
        core.checkOpen();
        Kept oldest = kept.poll();
        if (oldest == null) {
            throw new IllegalStateException("taskDone() was called more often than this process has taken items from "
                    + core + "; nothing was changed. Call it once for each item, in the process that took it.");
        }
        settle(oldest.cell, oldest.key, oldest.file, true);
    }

    /**
     * Copies the item at an end into the scratch, decoded.
     *
     * @return false if there is none
     */
    boolean peek(QueueScratch s, boolean last) {
        while (true) {
            Side side = last ? Side.BOTH : Side.TAKE;
            core.locks.enter(side, -1);
            boolean found = false;
            boolean inOrder = false;
            try {
                if (books.hasItems()) {
                    look(last ? index.last() : index.first(), s);
                    found = true;
                }
                inOrder = true;
            } catch (InternalError e) {
                throw MemoryFault.translate(e, core);
            } finally {
                core.locks.exit(side, inOrder);
            }
            byte[] large = found && s.file != 0 ? files.read(s.file, s.length) : null;
            if (!found || s.file == 0 || large != null) {
                if (large != null) {
                    s.setFound(large);
                }
                if (found) {
                    s.decode();
                }
                return found;
            }
        }
    }
}
