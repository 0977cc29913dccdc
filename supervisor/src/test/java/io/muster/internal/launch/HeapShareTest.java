package io.muster.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The memory arithmetic. */
class HeapShareTest {
    private static final long MIB = 1L << 20;

    @Test
    void aShareIsWhatIsLeftByParentAndSharedMemoryInEqualParts() {
        HeapShare share = new HeapShare(8000 * MIB, 1000 * MIB, 4);
        assertEquals((8000 - 1000 - 1000) * MIB / 4 / 10 * 7, share.heapBytes(0, 0, 0));
        assertEquals((8000 - 1000 - 1000) * MIB / 10 / 10 * 7, share.heapBytes(0, 10, 0));
        assertEquals((8000 - 1000 - 1000) * MIB / 12 / 10 * 7, share.heapBytes(0, 0, 11));
    }

    @Test
    void aShareIsAtLeast64MegabytesAndWhatIsAskedForIsGiven() {
        HeapShare share = new HeapShare(512 * MIB, 400 * MIB, 8);
        assertEquals(64 * MIB, share.heapBytes(0, 0, 0));
        assertEquals(20 * MIB, share.heapBytes(20 * MIB, 0, 0));
    }

    @Test
    void aMisfitSaysTheSum() {
        HeapShare share = new HeapShare(800 * MIB, 400 * MIB, 8);
        assertNull(share.misfit(300 * MIB, 3));
        assertEquals(
                "memory may not suffice: this JVM's maximum heap 400 MiB + 100 MiB for shared memory + heaps of 5 children"
                        + " 320 MiB = 820 MiB, the limit is 800 MiB; give children a smaller heap(...) or this JVM a"
                        + " smaller -Xmx",
                share.misfit(320 * MIB, 5));
    }

    @Test
    void theTightestLimitCounts(@TempDir Path root) throws IOException {
        write(root, "proc/meminfo", "MemTotal:       16384 kB\nMemFree: 1 kB\n");
        assertEquals(16 * MIB, MemoryCeiling.bytes(root));
        write(root, "proc/self/cgroup", "0::/outer/inner\n");
        write(root, "sys/fs/cgroup/outer/memory.max", "" + 8 * MIB);
        write(root, "sys/fs/cgroup/outer/inner/memory.max", "max\n");
        assertEquals(8 * MIB, MemoryCeiling.bytes(root));
        write(root, "proc/self/cgroup", "4:memory:/box\n0::/\n");
        write(root, "sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        write(root, "sys/fs/cgroup/memory/box/memory.limit_in_bytes", "" + 4 * MIB + "\n");
        assertEquals(4 * MIB, MemoryCeiling.bytes(root));
    }

    private static void write(Path root, String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }
}
