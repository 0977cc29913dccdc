package io.muster.ipc.channel;

import io.muster.ipc.channel.QueueLocks.Side;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.MemoryFault;
import io.muster.ipc.wait.Deadline;

/** How items come into a shared queue. */
final class QueuePuts {
    private final QueueCore core;
    private final QueueBooks books;
    private final QueueCells cells;
    private final QueueIndex index;
    private final QueueFree free;
    private final QueueRoom room;
    private final QueueFiles files;
    private final Memory memory;
    private final StreamGuess guess = new StreamGuess();

    QueuePuts(QueueCore core) {
        this.core = core;
        this.books = core.books;
        this.cells = core.cells;
        this.index = core.index;
        this.free = core.free;
        this.room = core.room;
        this.files = core.files;
        this.memory = core.memory;
    }

    /**
     * Puts what is encoded in the scratch.
     *
     * @return false if there was no room until the deadline
     * @throws IllegalArgumentException if it can never have room
     */
    boolean put(QueueScratch s, Deadline deadline) throws InterruptedException {
        checkLength(s.byteCount());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (guess.isStream() && books.mustLookAtTakers()) {
            letSomeLeave();
        }
        return tryPut(s, QueueLocks.PATIENCE_NANOS) || await(s, deadline);
    }

    /** Items leave one right after the other: to be close behind whoever takes them would hold both up. */
    private void letSomeLeave() {
        int before = books.remaining();
        if (before < books.fewItems) {
            guess.letSomeCome();
            guess.noteWhetherSeveralCame(books.remaining() - before > 1);
        }
    }

    private boolean await(QueueScratch s, Deadline deadline) throws InterruptedException {
        guess.beginWait();
        boolean put = core.spaceWaiter.await(
                core.space, () -> mayPut(s) && tryPut(s, QueueLocks.PATIENCE_NANOS), core::hasSpace, deadline);
        guess.endWait(put);
        return put;
    }

    /** The same, if there is room now. */
    boolean offer(QueueScratch s) {
        checkLength(s.byteCount());
        return tryPut(s, -1);
    }

    /** Puts all, waiting for room as often as needed. */
    void putAll(QueueBatch batch) throws InterruptedException {
        checkLength(batch.longest());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        QueueScratch s = QueueScratch.take();
        try {
            while (!batch.isDone()) {
                if (!tryPutSome(batch, s, QueueLocks.PATIENCE_NANOS)) {
                    core.spaceWaiter.await(
                            core.space,
                            () -> mayPut(s) && tryPutSome(batch, s, QueueLocks.PATIENCE_NANOS),
                            core::hasSpace,
                            Deadline.never());
                }
            }
        } finally {
            s.giveBack();
        }
    }

    /** Puts as many as there is room for now. */
    void offerAll(QueueBatch batch) {
        checkLength(batch.longest());
        core.checkOpen();
        QueueScratch s = QueueScratch.take();
        try {
            while (!batch.isDone() && tryPutSome(batch, s, -1)) {
                // Until there is no room, or no more.
            }
        } finally {
            s.giveBack();
        }
    }

    /** Puts those that fit, up to the first that has to go to a file; returns whether there were any. */
    private boolean tryPutSome(QueueBatch batch, QueueScratch s, long patienceNanos) {
        if (!core.locks.enter(Side.PUT, patienceNanos)) {
            return false;
        }
        int before = batch.done();
        int inFile = -1;
        boolean inOrder = false;
        boolean wanted = false;
        try {
            core.use.note(QueueUse.PUTS);
            while (inFile < 0 && !batch.isDone()) {
                batch.next(s);
                if (!books.hasRoomFor(s.byteCount())) {
                    wanted = noteWanted();
                    break;
                }
                int cell = free.pop();
                if (placeInMemory(cell, s)) {
                    publishPut(cell, s);
                    batch.noteDone();
                } else {
                    beginFile(cell, s);
                    inFile = cell;
                }
            }
            inOrder = true;
        } catch (InternalError e) {
            throw MemoryFault.translate(e, core);
        } finally {
            core.locks.exit(Side.PUT, inOrder);
        }
        if (wanted) {
            core.space.wakeAfterCas(Integer.MAX_VALUE);
        }
        if (inFile >= 0) {
            completeFile(inFile, s);
            batch.noteDone();
        }
        if (batch.done() > before) {
            core.tellTakers(batch.done() - before);
        }
        return batch.done() > before;
    }

    private void checkLength(int bytes) {
        if (bytes > books.mostBytes) {
            throw new IllegalArgumentException("an item of " + bytes + " bytes was not put: " + core + " is bound to "
                    + books.mostBytes + " bytes in all. Make it with a larger capacityBytes, or send smaller items.");
        }
    }

    private boolean mayPut(QueueScratch s) {
        guess.noteLook();
        boolean may = core.hasSpace() || !core.isOpen();
        if (!may) {
            s.noteLook();
        }
        return may;
    }

    private boolean tryPut(QueueScratch s, long patienceNanos) {
        if (!core.locks.enter(Side.PUT, patienceNanos)) {
            return false;
        }
        boolean inOrder = false;
        boolean wanted = false;
        int cell = -1;
        boolean toFile = false;
        try {
            core.use.note(QueueUse.PUTS);
            if (books.hasRoomFor(s.byteCount())) {
                cell = free.pop();
                toFile = !placeInMemory(cell, s);
                if (toFile) {
                    beginFile(cell, s);
                } else {
                    publishPut(cell, s);
                }
            } else {
                wanted = noteWanted();
            }
            inOrder = true;
        } catch (InternalError e) {
            throw MemoryFault.translate(e, core);
        } finally {
            core.locks.exit(Side.PUT, inOrder);
        }
        if (toFile) {
            completeFile(cell, s);
        }
        if (cell >= 0) {
            core.spaceWaiter.noteWoke(core.tellTakers(1));
        } else {
            s.noteLook();
            if (wanted) {
                core.space.wakeAfterCas(Integer.MAX_VALUE);
            }
        }
        return cell >= 0;
    }

    /**
     * Who waits for bytes or for a cell, and not for one item less, is not served by the wake-ups for those: from now on all are
     * woken each time. The first one to say so has perhaps been woken in place of another that would have been served, or
     * another was woken in place of that one; so all have to look again.
     *
     * @return whether they are to be woken
     */
    private boolean noteWanted() {
        if (books.isFull() || books.get(QueueLayout.WANTED) != 0) {
            return false;
        }
        books.set(QueueLayout.WANTED, 1);
        return true;
    }

    /** False if it has to go to a file. */
    private boolean placeInMemory(int cell, QueueScratch s) {
        int length = s.byteCount();
        if (length <= QueueLayout.MOST_INLINE_BYTES) {
            cells.setPlace(cell, length, QueueLayout.IS_INLINE, 0);
            memory.putBytes(QueueCells.inline(cell), s.bytes(), 0, length);
            return true;
        }
        int count = QueueRoom.blocksFor(length);
        int block = length <= QueueLayout.MOST_BLOCK_BYTES ? findRoom(count) : QueueRoom.NONE;
        if (block == QueueRoom.NONE) {
            return false;
        }
        room.take(block, count);
        cells.setPlace(cell, length, block, 0);
        memory.putBytes(room.at(block), s.bytes(), 0, length);
        return true;
    }

    private int findRoom(int count) {
        int block = room.find(count);
        if (block == QueueRoom.NONE) {
            free.reclaim();
            block = room.find(count);
        }
        return block;
    }

    private void publishPut(int cell, QueueScratch s) {
        publishReady(cell, s);
        books.addLong(QueueLayout.PUT_BYTES, s.byteCount());
        books.notePut(s.waitedNanos());
    }

    private void publishReady(int cell, QueueScratch s) {
        int word = s.toFront ? QueueLayout.NEXT_FIRST : QueueLayout.NEXT_LAST;
        long key = books.getLong(word);
        books.setLong(word, s.toFront ? key - 1 : key + 1);
        cells.setOrder(cell, key, s.priority);
        cells.publish(cell, QueueLayout.ready(false, 0, key));
        if (s.toFront) {
            index.insert(cell);
        } else {
            index.append(cell);
        }
    }

    private void beginFile(int cell, QueueScratch s) {
        s.file = books.nextFile();
        cells.setPlace(cell, s.byteCount(), QueueLayout.IN_FILE, s.file);
        cells.publish(cell, QueueLayout.state(QueueLayout.IS_FILLING, false, 0, core.self()));
        books.add(QueueLayout.FILLING, 1);
        books.addLong(QueueLayout.PUT_BYTES, s.byteCount());
    }

    private void completeFile(int cell, QueueScratch s) {
        boolean written = false;
        try {
            files.write(s.file, s.bytes(), s.byteCount());
            written = true;
        } finally {
            endFile(cell, s, written);
        }
    }

    private void endFile(int cell, QueueScratch s, boolean written) {
        long number = s.file;
        boolean inOrder = false;
        boolean entered = false;
        try {
            entered = core.locks.enter(Side.PUT, -1);
            // Before anybody sees it come: who takes it and finds nothing else must not count it once more.
            books.add(QueueLayout.FILLING, -1);
            if (written) {
                publishReady(cell, s);
                books.notePut(s.waitedNanos());
            } else {
                cells.publish(cell, QueueLayout.IS_FREE);
                free.unpop(cell);
                books.addLong(QueueLayout.PUT_BYTES, -s.byteCount());
            }
            inOrder = true;
        } catch (InternalError e) {
            throw MemoryFault.translate(e, core);
        } finally {
            if (entered) {
                core.locks.exit(Side.PUT, inOrder);
            }
            if (!inOrder || !written) {
                files.remove(number);
            }
        }
        if (!written) {
            core.space.wakeAll();
            core.idle.wakeAll();
        }
    }
}
