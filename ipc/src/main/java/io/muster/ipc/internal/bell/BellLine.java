package io.muster.ipc.internal.bell;

import io.muster.ipc.memory.Memory;
import io.muster.ipc.wait.WaitWord;

/** One line of somebody's bell, found: what it takes to ring there. Immutable. */
final class BellLine {
    private final long line;
    private final long party;
    private final Memory memory;
    private final long bitsAt;
    private final WaitWord word;

    private BellLine(long line, long party, Memory memory, long stripAt, WaitWord word) {
        this.line = line;
        this.party = party;
        this.memory = memory;
        this.bitsAt = stripAt + BellLayout.BITS;
        this.word = word;
    }

    /** Null if its bytes cannot be had. */
    static BellLine find(Bells bells, long party, long line) {
        int strip = BellLayout.strip(line);
        Memory memory = bells.find(party, strip);
        if (memory == null) {
            return null;
        }
        long stripAt = bells.at(party, strip);
        int head = memory.getIntVolatile(stripAt + BellLayout.HEAD);
        Memory headMemory = head < 0 || head >= BellLayout.MOST_STRIPS ? null : bells.find(party, head);
        if (headMemory == null) {
            return null;
        }
        WaitWord word = bells.participant().waitWord(headMemory, bells.at(party, head) + BellLayout.WAIT);
        return new BellLine(line, party, memory, stripAt, word);
    }

    long line() {
        return line;
    }

    long party() {
        return party;
    }

    /** After a publication with volatile effect. While the owner has not looked since the last ring it costs two loads. */
    void ring() {
        setBit(memory, bitsAt, 1L << BellLayout.bit(line));
        word.wakeAfterCas(1);
    }

    static void setBit(Memory memory, long at, long bit) {
        long bits = memory.getLongVolatile(at);
        while ((bits & bit) == 0 && !memory.compareAndSetLong(at, bits, bits | bit)) {
            bits = memory.getLongVolatile(at);
        }
    }
}
