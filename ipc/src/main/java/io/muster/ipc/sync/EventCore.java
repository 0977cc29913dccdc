package io.muster.ipc.sync;

import static io.muster.ipc.sync.EventLayout.SET;
import static io.muster.ipc.sync.EventLayout.whenSet;

import io.muster.ipc.internal.bell.BellCore;
import io.muster.ipc.internal.bell.Watchers;
import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.SharedCore;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.WaitWord;
import io.muster.ipc.wait.Waiter;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** An event in this process. */
final class EventCore extends SharedCore implements BellCore {
    private static final String WHAT = "SharedEvent";

    private final Memory memory;
    private final long state;
    private final WaitWord word;
    private final Watchers watchers;
    private final Waiter waiter = Waiter.create();
    /** One that is not in use, so that waiting allocates nothing. */
    private final AtomicReference<Watch> spare = new AtomicReference<>();

    EventCore(Participant participant, Cell cell) {
        super(participant, cell);
        this.memory = cell.memory();
        this.state = cell.body() + EventLayout.STATE;
        this.word = participant.waitWord(memory, cell.body() + EventLayout.WAIT);
        this.watchers = new Watchers(participant, memory, cell.body() + EventLayout.WATCHERS);
    }

    static long bodyBytes() {
        return EventLayout.SIZE;
    }

    private long state() {
        return memory.getLongVolatile(state);
    }

    private void checkOpen() {
        if (!cell().isOpen()) {
            throw closedByMaker(WHAT);
        }
    }

    boolean isSet() {
        checkOpen();
        return (state() & SET) != 0;
    }

    void set() {
        checkOpen();
        long seen = state();
        while ((seen & SET) == 0) {
            if (memory.compareAndSetLong(state, seen, whenSet(seen))) {
                waiter.noteWoke(word.wakeAfterCas(Integer.MAX_VALUE));
                watchers.ringAfterCas();
                return;
            }
            seen = state();
        }
        // Whoever set it may have been killed before it woke anybody.
        word.wakeAll();
        watchers.ringAfterCas();
    }

    void clear() {
        checkOpen();
        long seen = state();
        while ((seen & SET) != 0 && !memory.compareAndSetLong(state, seen, seen & ~SET)) {
            seen = state();
        }
    }

    boolean await(Deadline deadline, boolean interruptible) throws InterruptedException {
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        checkOpen();
        long seen = state();
        if ((seen & SET) != 0) {
            return true;
        }
        Watch watch = spare.getAndSet(null);
        if (watch == null) {
            watch = new Watch();
        }
        watch.seen = seen;
        try {
            return interruptible
                    ? waiter.await(word, watch, deadline)
                    : waiter.awaitUninterruptibly(word, watch, deadline);
        } finally {
            spare.set(watch);
        }
    }

    /** Looks whether the event was set since somebody saw it unset. */
    private final class Watch implements BooleanSupplier {
        private long seen;

        @Override
        public boolean getAsBoolean() {
            long now = state();
            if (cell().isOpen()) {
                return now != seen;
            }
            // Set and closed at once: who was let go is not told of the closing.
            if ((now | SET) == whenSet(seen)) {
                return true;
            }
            throw closedByMaker(WHAT);
        }
    }

    @Override
    public Participant bellPlace() {
        return participant();
    }

    @Override
    public Watchers watchers() {
        return watchers;
    }

    @Override
    public boolean isOpen() {
        return cell().isOpen();
    }

    @Override
    public boolean isReady() {
        return isSet();
    }

    @Override
    public boolean awaitReady(Deadline deadline) throws InterruptedException {
        return await(deadline, true);
    }

    @Override
    protected void retire() {
        cell().retire();
        word.wakeAll();
        watchers.ring();
    }

    @Override
    public String toString() {
        return WHAT + "[" + cell() + ", " + (!cell().isOpen() ? "closed" : (state() & SET) != 0 ? "set" : "not set")
                + "]";
    }
}
