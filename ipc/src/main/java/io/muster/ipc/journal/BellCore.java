package io.muster.ipc.journal;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.NamedSpec;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.SharedCore;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.wait.WaitWord;

/** A journal's words in shared memory, in this process; {@link BellLayout} draws them. */
final class BellCore extends SharedCore {
    private final Memory memory;
    private final long body;
    private final WaitWord word;

    BellCore(Participant participant, Cell cell) {
        super(participant, cell);
        this.memory = cell.memory();
        this.body = cell.body();
        this.word = participant.waitWord(memory, body + BellLayout.WAIT);
    }

    static NamedSpec spec() {
        return new NamedSpec(BellLayout.KIND, BellLayout.VERSION, "Journal", BellLayout.SIZE, cell -> {});
    }

    WaitWord word() {
        return word;
    }

    /** -1 before the first. */
    long cursor() {
        return memory.getLongVolatile(body + BellLayout.CURSOR) - 1;
    }

    long intent() {
        return memory.getLongVolatile(body + BellLayout.INTENT) - 1;
    }

    void setCursor(long index) {
        memory.putLongVolatile(body + BellLayout.CURSOR, index + 1);
    }

    void setIntent(long index) {
        memory.putLongVolatile(body + BellLayout.INTENT, index + 1);
    }

    long due() {
        return memory.getLongVolatile(body + BellLayout.DUE);
    }

    void setDue(long timeMillis) {
        memory.putLongVolatile(body + BellLayout.DUE, timeMillis);
    }

    void lowerDue(long timeMillis) {
        long known = due();
        while (timeMillis < known && !memory.compareAndSetLong(body + BellLayout.DUE, known, timeMillis)) {
            known = due();
        }
    }

    @Override
    protected void retire() {
        cell().retire();
        word.wakeAll();
    }
}
