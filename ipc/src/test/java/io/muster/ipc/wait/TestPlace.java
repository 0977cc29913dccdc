package io.muster.ipc.wait;

import io.muster.ipc.memory.Memory;
import java.nio.ByteBuffer;

/**
 * A little shared memory with a word to wait on, and what tests wait for.
 *
 * <pre>
 *   0 wait word | 64 deaths | 128 items | 192 a second word | 256 others
 * </pre>
 */
final class TestPlace {
    static final long WORD = 0;
    static final long DEATHS = 64;
    static final long ITEMS = 128;
    static final long SECOND_WORD = 192;
    static final long OTHERS = 256;
    static final int BYTES = 4096;

    final Memory memory;
    final WaitWord word;
    final WaitWord second;
    private final Parking parking;

    TestPlace(Memory memory, Parking parking) {
        this.memory = memory;
        this.parking = parking;
        this.word = new WaitWord(memory, WORD, memory, DEATHS).withParking(parking);
        this.second = new WaitWord(memory, SECOND_WORD, memory, DEATHS).withParking(parking);
    }

    static TestPlace of(Parking parking) {
        return new TestPlace(Memory.wrap(ByteBuffer.allocateDirect(BYTES)), parking);
    }

    int items() {
        return memory.getIntVolatile(ITEMS);
    }

    boolean hasItems() {
        return items() > 0;
    }

    void addItems(int count) {
        memory.getAndAddInt(ITEMS, count);
    }

    boolean takeItem() {
        int items = items();
        while (items > 0) {
            if (memory.compareAndSetInt(ITEMS, items, items - 1)) {
                return true;
            }
            items = items();
        }
        return false;
    }

    /** What a place does when a party has died. */
    void broadcastDeath() {
        memory.getAndAddInt(DEATHS, 1);
        parking.wake(new WaitWord(memory, DEATHS).withParking(parking), Integer.MAX_VALUE);
    }
}
