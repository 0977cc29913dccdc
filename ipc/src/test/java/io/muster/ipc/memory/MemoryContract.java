package io.muster.ipc.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every memory promises, whatever it is made of. */
abstract class MemoryContract {
    private static final int BYTES = 256;
    private Memory memory;

    abstract Memory newMemory(int bytes);

    @BeforeEach
    void makeMemory() {
        memory = newMemory(BYTES);
    }

    @Test
    void startsWithZerosAndKnowsItsSize() {
        assertEquals(BYTES, memory.size());
        for (int i = 0; i < BYTES; i++) {
            assertEquals(0, memory.getByte(i));
        }
    }

    @Test
    void numbersAreLittleEndian() {
        memory.putLong(0, 0x0807060504030201L);
        assertEquals(1, memory.getByte(0));
        assertEquals(0x0201, memory.getShort(0));
        assertEquals(0x04030201, memory.getInt(0));
        assertEquals(0x0807060504030201L, memory.getLong(0));
    }

    @Test
    void plainNumbersNeedNoAlignment() {
        memory.putLong(3, -7);
        memory.putInt(13, -8);
        memory.putShort(19, (short) -9);
        memory.putDouble(21, 1.5);
        memory.putFloat(33, -2.5f);
        assertEquals(-7, memory.getLong(3));
        assertEquals(-8, memory.getInt(13));
        assertEquals(-9, memory.getShort(19));
        assertEquals(1.5, memory.getDouble(21));
        assertEquals(-2.5f, memory.getFloat(33));
    }

    @Test
    void everyOrderOfIntReadsWhatEveryOrderWrote() {
        memory.putInt(8, 1);
        assertEquals(1, memory.getIntOpaque(8));
        memory.putIntOpaque(8, 2);
        assertEquals(2, memory.getIntAcquire(8));
        memory.putIntRelease(8, 3);
        assertEquals(3, memory.getIntVolatile(8));
        memory.putIntVolatile(8, 4);
        assertEquals(4, memory.getInt(8));
        assertFalse(memory.compareAndSetInt(8, 5, 6));
        assertTrue(memory.compareAndSetInt(8, 4, 6));
        assertEquals(6, memory.getAndAddInt(8, Integer.MAX_VALUE));
        assertEquals(6 + Integer.MAX_VALUE, memory.getAndSetInt(8, -5));
        assertEquals(-5, memory.getInt(8));
    }

    @Test
    void everyOrderOfLongReadsWhatEveryOrderWrote() {
        memory.putLong(8, 1);
        assertEquals(1, memory.getLongOpaque(8));
        memory.putLongOpaque(8, 2);
        assertEquals(2, memory.getLongAcquire(8));
        memory.putLongRelease(8, 3);
        assertEquals(3, memory.getLongVolatile(8));
        memory.putLongVolatile(8, 4);
        assertEquals(4, memory.getLong(8));
        assertFalse(memory.compareAndSetLong(8, 5, 6));
        assertTrue(memory.compareAndSetLong(8, 4, 6));
        assertEquals(6, memory.getAndAddLong(8, -7));
        assertEquals(-1, memory.getAndSetLong(8, -5));
        assertEquals(-5, memory.getLong(8));
    }

    @Test
    void everyOrderOfByteAndShortReadsWhatEveryOrderWroteAndLeavesTheNeighboursAlone() {
        memory.putLong(0, -1);
        for (int at = 0; at < 8; at++) {
            memory.putByte(at, (byte) 1);
            assertEquals(1, memory.getByteAcquire(at));
            memory.putByteRelease(at, (byte) -2);
            assertEquals(-2, memory.getByteVolatile(at));
            memory.putByteVolatile(at, (byte) 3);
            assertFalse(memory.compareAndSetByte(at, (byte) -3, (byte) 4));
            assertTrue(memory.compareAndSetByte(at, (byte) 3, (byte) -4));
            assertTrue(memory.compareAndSetByte(at, (byte) -4, (byte) -1));
            assertEquals(-1, memory.getLong(0));
        }
        for (int at = 0; at < 8; at += 2) {
            memory.putShort(at, (short) 1);
            assertEquals(1, memory.getShortAcquire(at));
            memory.putShortRelease(at, (short) -2);
            assertEquals(-2, memory.getShortVolatile(at));
            memory.putShortVolatile(at, (short) 3);
            assertFalse(memory.compareAndSetShort(at, (short) -3, (short) 4));
            assertTrue(memory.compareAndSetShort(at, (short) 3, (short) -4));
            assertTrue(memory.compareAndSetShort(at, (short) -4, (short) -1));
            assertEquals(-1, memory.getLong(0));
        }
    }

    @Test
    void copiesBytesBothWays() {
        byte[] source = {9, 1, 2, 3, 4, 5, 9};
        memory.putBytes(11, source, 1, 5);
        byte[] target = new byte[7];
        memory.getBytes(11, target, 1, 5);
        assertArrayEquals(new byte[] {0, 1, 2, 3, 4, 5, 0}, target);
        ByteBuffer buffer = ByteBuffer.allocate(5);
        memory.getBytes(11, buffer);
        assertFalse(buffer.hasRemaining());
        memory.putBytes(111, buffer.flip());
        assertEquals(5, memory.getByte(115));
        assertEquals(0, memory.getByte(116));
    }

    @Test
    void zeroesAPieceAndNoMore() {
        for (int i = 0; i < BYTES; i++) {
            memory.putByte(i, (byte) 1);
        }
        memory.setZero(3, 100);
        assertEquals(1, memory.getByte(2));
        assertEquals(0, memory.getByte(3));
        assertEquals(0, memory.getByte(102));
        assertEquals(1, memory.getByte(103));
    }

    @Test
    void offsetOutsideIsAnExceptionAndNothingIsWritten() {
        for (long offset : new long[] {-1, BYTES - 3, BYTES, 1L << 31, 1L << 40, Long.MIN_VALUE, -1L << 62}) {
            assertThrows(IndexOutOfBoundsException.class, () -> memory.getInt(offset), () -> "at " + offset);
            assertThrows(IndexOutOfBoundsException.class, () -> memory.putLong(offset, 1), () -> "at " + offset);
            assertThrows(IndexOutOfBoundsException.class, () -> memory.setZero(offset, 8), () -> "at " + offset);
            assertThrows(IndexOutOfBoundsException.class, () -> memory.putBytes(offset, new byte[8], 0, 8));
            assertThrows(IndexOutOfBoundsException.class, () -> memory.getBytes(offset, new byte[8], 0, 8));
            assertThrows(IndexOutOfBoundsException.class, () -> memory.getBytes(offset, ByteBuffer.allocate(8)));
        }
        assertThrows(IndexOutOfBoundsException.class, () -> memory.putBytes(0, new byte[4], 2, 3));
    }
}
