package io.muster.ipc.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.CrashPoint.Unpublished;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CrashingMemoryTest extends MemoryContract {
    private final Memory shared = newShared(64);

    private static Memory newShared(int bytes) {
        return Memory.wrap(ByteBuffer.allocateDirect(bytes + 8).alignedSlice(8).limit(bytes));
    }

    @Override
    Memory newMemory(int bytes) {
        return new CrashingMemory(newShared(bytes), CrashPoint.never());
    }

    @Test
    void plainStoresAreSeenByOthersFromTheNextPublishOn() {
        Memory mine = new CrashingMemory(shared, CrashPoint.never());
        mine.putLong(0, 7);
        assertEquals(7, mine.getLong(0));
        assertEquals(0, shared.getLong(0));
        mine.putIntRelease(32, 1);
        assertEquals(7, shared.getLong(0));
    }

    @Test
    void deathAppliesNoneOrAllOrEverySubset() {
        assertEquals(Set.of("00"), outcomes(Unpublished.NONE));
        assertEquals(Set.of("12"), outcomes(Unpublished.ALL));
        assertEquals(Set.of("00", "10", "02", "12"), outcomes(Unpublished.RANDOM));
    }

    private Set<String> outcomes(Unpublished unpublished) {
        Set<String> outcomes = new HashSet<>();
        for (int seed = 0; seed < 32; seed++) {
            Memory bytes = newShared(64);
            Memory mine = new CrashingMemory(bytes, CrashPoint.dieBefore(1, unpublished, seed));
            mine.putLong(0, 1);
            mine.putLong(8, 2);
            assertThrows(Died.class, () -> mine.putLongRelease(16, 3));
            assertEquals(0, bytes.getLong(16));
            outcomes.add("" + bytes.getLong(0) + bytes.getLong(8));
        }
        return outcomes;
    }

    @Test
    void everyAccessAfterDeathThrowsAgain() {
        CrashPoint point = CrashPoint.dieBefore(2, Unpublished.ALL, 0);
        Memory mine = new CrashingMemory(shared, point);
        mine.putLongVolatile(0, 1);
        assertThrows(Died.class, () -> mine.compareAndSetLong(0, 1, 2));
        assertThrows(Died.class, () -> mine.putLong(0, 3));
        assertThrows(Died.class, () -> mine.getInt(0));
        assertThrows(Died.class, () -> mine.putIntRelease(0, 3));
        assertTrue(point.isDead());
        assertEquals(1, shared.getLong(0));
    }
}
