package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.wait.Deadline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody has written over a pipe: whoever receives is told. */
class PipeDamageTest {
    private final PipeWorld world = new PipeWorld();
    private final PipeCore core = world.core;

    private void assertReceiverIsTold() {
        assertThrows(
                CorruptSegmentException.class, () -> core.in.find(world.reader, Deadline.afterNanos(2_000_000_000L)));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1, 0x0000_0001_FFFF_FFFFL, 0x0000_0001_7FFF_FFFFL, 0x0000_0009_0000_0000L})
    void aHeaderThatCannotBe(long header) {
        core.memory.putLong(core.ring, header);
        assertReceiverIsTold();
    }

    @Test
    void aHeadThatNoRecordBeginsAt() {
        core.memory.putLong(core.base + PipeLayout.HEAD, core.ringBytes - 3);
        core.memory.putLong(core.ring + core.ringBytes - Long.BYTES, PipeLayout.header(PipeLayout.WHOLE, 8));
        assertReceiverIsTold();
    }
}
