package io.muster.ipc.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What only some kinds of arrays have, beside {@link SharedArrayContract}. */
class SharedArraysTest {
    @Test
    void comparingGoesByTheBitsOfANumber() {
        try (SharedDoubleArray doubles = SharedDoubleArray.create(1);
                SharedFloatArray floats = SharedFloatArray.create(1)) {
            assertFalse(doubles.compareAndSet(0, -0.0, 1));
            assertTrue(doubles.compareAndSet(0, 0.0, Double.NaN));
            assertTrue(doubles.compareAndSet(0, Double.NaN, 0.1));
            assertEquals(0.1 + 0.2, doubles.addAndGet(0, 0.2));
            assertFalse(floats.compareAndSet(0, -0.0f, 1));
            assertTrue(floats.compareAndSet(0, 0.0f, Float.NaN));
            assertTrue(Float.isNaN(floats.getAndAdd(0, 1)));
            assertTrue(floats.compareAndSet(0, Float.NaN, 0.1f));
            assertEquals(0.1f + 0.2f, floats.addAndGet(0, 0.2f));
        }
    }

    @Test
    void charsHaveNoSign() {
        try (SharedCharArray chars = SharedCharArray.create(2)) {
            chars.set(0, '\uFFFF');
            assertEquals('\uFFFF', chars.getVolatile(0));
            assertEquals(0xFFFF, chars.stream().max().orElseThrow());
            assertEquals('\0', chars.addAndGet(0, 1));
            assertEquals('\0', chars.get(1));
            assertEquals('\uFFFF', chars.addAndGet(1, -1));
        }
    }
}
