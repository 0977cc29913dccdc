package io.muster.ipc.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedMemoryTest extends MemoryContract {
    private static final long GIB = 1L << 30;

    @Override
    Memory newMemory(int bytes) {
        return Memory.wrap(ByteBuffer.allocateDirect(bytes + 8).alignedSlice(8).limit(bytes));
    }

    @Test
    void heapBuffersAreRefusedAsTheyHaveNoAtomicLongs() {
        assertThrows(IllegalArgumentException.class, () -> Memory.wrap(ByteBuffer.allocate(8)));
    }

    @Test
    void directSliceShowsTheSameBytes() {
        Memory memory = newMemory(64);
        memory.putInt(16, 0x01020304);
        assertEquals(4, memory.directSlice(16, 4).get(0));
        assertThrows(IndexOutOfBoundsException.class, () -> memory.directSlice(61, 4));
    }

    @Test
    void moreThanOneGibibyteIsOneMemory(@TempDir Path directory) throws Exception {
        Memory memory;
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("sparse").toFile(), "rw")) {
            file.setLength(2 * GIB + 4096);
            memory = MappedMemory.of(
                    file.getChannel().map(MapMode.READ_WRITE, 0, GIB),
                    file.getChannel().map(MapMode.READ_WRITE, GIB, GIB),
                    file.getChannel().map(MapMode.READ_WRITE, 2 * GIB, 4096));
        }
        assertEquals(2 * GIB + 4096, memory.size());
        memory.putLongVolatile(2 * GIB + 8, 5);
        memory.putInt(GIB, 6);
        assertEquals(5, memory.getLong(2 * GIB + 8));
        assertEquals(6, memory.getInt(GIB));
        assertEquals(0, memory.getInt(0));
        memory.putBytes(GIB - 2, new byte[] {1, 2, 3, 4}, 0, 4);
        byte[] back = new byte[4];
        memory.getBytes(GIB - 2, back, 0, 4);
        assertEquals(4, back[3]);
        assertThrows(IndexOutOfBoundsException.class, () -> memory.getInt(GIB - 2), "no number across pieces");
        assertThrows(IndexOutOfBoundsException.class, () -> memory.getLong(2 * GIB + 4090));
    }
}
