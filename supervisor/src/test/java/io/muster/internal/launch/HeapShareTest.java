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
        assertEquals((8000 - 1000 - 1000) * MIB / 4 / 10 * 7, share.ofSingle(0, 0));
        assertEquals((8000 - 1000 - 1000) * MIB / 12 / 10 * 7, share.ofSingle(11, 0));
        assertEquals((8000 - 1000 - 1000) * MIB / 10 / 10 * 7, share.ofFamily(10, 0));
    }

    @Test
    void whatOthersHaveIsNotSharedOutAgain() {
        HeapShare share = new HeapShare(8000 * MIB, 1000 * MIB, 4);
        assertEquals((6000 - 4200) * MIB / 3 / 10 * 7, share.ofFamily(3, 4200 * MIB));
        assertEquals((6000 - 4900) * MIB / 10 * 7, share.ofSingle(2, 4900 * MIB));
    }

    /** A machine of 24 GiB, the parent's heap a quarter of it as is the JVM's default. */
    @Test
    void defaultsFitHoweverManyPoolsAndChildrenThereAre() {
        HeapShare share = new HeapShare(24_000 * MIB, 6_000 * MIB, 2);
        long all = 0;
        int children = 0;
        for (int pool = 0; pool < 3; pool++) {
            long each = share.ofFamily(3, all);
            all += 3 * each;
            children += 3;
            assertNull(share.misfit(all, children));
        }
        all += share.ofSingle(children, all);
        assertNull(share.misfit(all, children + 1));

        all = 0;
        for (children = 0; children < 6; children++) {
            all += share.ofSingle(children, all);
            assertNull(share.misfit(all, children + 1));
        }
    }

    @Test
    void aShareIsAtLeast64Megabytes() {
        HeapShare share = new HeapShare(512 * MIB, 400 * MIB, 8);
        assertEquals(64 * MIB, share.ofSingle(0, 0));
        assertEquals(64 * MIB, share.ofFamily(3, 1000 * MIB));
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
