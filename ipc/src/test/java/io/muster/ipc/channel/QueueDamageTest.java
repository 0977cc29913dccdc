package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.muster.ipc.memory.CorruptSegmentException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody has written over a queue: whoever looks at an item is told. */
class QueueDamageTest {
    @ParameterizedTest
    @CsvSource({
        "-1, -1",
        "89, -1",
        "2147483647, -1",
        "100, -3",
        "100, 2147483647",
        "2147483647, 0",
        "-5, -2",
        "70000, 0"
    })
    void aLengthThatCannotBe(int length, int block) {
        QueueWorld world = new QueueWorld(QueueStyle.FIFO);
        world.survivors.add("item");
        world.damageCells(length, block);
        assertThrows(CorruptSegmentException.class, world.survivors::peek);
        assertThrows(CorruptSegmentException.class, world.survivors::toArray);
        assertThrows(CorruptSegmentException.class, world.survivors::poll);
    }

    @ParameterizedTest
    @EnumSource(QueueStyle.class)
    void inEveryStyle(QueueStyle style) {
        QueueWorld world = new QueueWorld(style);
        world.survivors.add("item");
        world.damageCells(-1, 0);
        assertThrows(CorruptSegmentException.class, world.survivors::poll);
        assertThrows(CorruptSegmentException.class, world.survivors::toArray);
    }
}
