package io.muster.ipc.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A memory file system that is really full, as a container's small /dev/shm soon is. */
class FullDirectoryTest {
    private static final int KIND = SegmentKind.of("TEST");

    @TempDir
    Path mount;

    private void mountTmpfs(String options) {
        Superuser.assumeAble(
                "mount a small tmpfs", "mount", "-t", "tmpfs", "-o", options, "muster-test", mount.toString());
    }

    @AfterEach
    void unmount() {
        Superuser.run("umount", "-l", mount.toString());
    }

    private String[] files() {
        String[] names = mount.toFile().list();
        Arrays.sort(names);
        return names;
    }

    @Test
    void segmentThatDoesNotFitIsRefusedWithTheNumbersAndTheOthersGoOn() {
        mountTmpfs("size=1m");
        Memory small = Segment.create(mount.resolve("small"), KIND, 1, 500_000).memory();
        NoSpaceException full =
                assertThrows(NoSpaceException.class, () -> Segment.create(mount.resolve("large"), KIND, 1, 600_000));
        assertEquals(600_064, full.askedBytes());
        assertTrue(full.freeBytes() > 400_000 && full.freeBytes() < 600_000, full.getMessage());
        assertTrue(full.getMessage().contains("asked for 600064 bytes"), full.getMessage());
        assertArrayEquals(new String[] {"small"}, files());
        for (int i = 0; i < 500_000; i += 8) {
            small.putLong(i, i);
        }
    }

    @Test
    void whatThePreviousLookDidNotSeeIsRefusedByTheWriteAndNothingIsLeft() {
        // Room for bytes but not for files: only the attempt itself can find out.
        mountTmpfs("size=4m,nr_inodes=6");
        List<String> made = new ArrayList<>();
        NoSpaceException full = assertThrows(NoSpaceException.class, () -> {
            for (int i = 0; i < 10; i++) {
                Segment.create(mount.resolve("s" + i), KIND, 1, 1000);
                made.add("s" + i);
            }
        });
        assertTrue(full.getMessage().contains(mount.toString()), full.getMessage());
        assertTrue(made.size() >= 3, "made " + made);
        assertArrayEquals(made.toArray(), files());
    }

    @Test
    void sessionWithoutRoomIsRefusedWithTheNumbers() {
        mountTmpfs("size=512k,mode=1777");
        try (TestJvm jvm = TestJvm.start(mount)) {
            String refused = jvm.ask("path");
            assertTrue(refused.contains("NoSpaceException"), refused);
            assertTrue(refused.contains(mount.toString()) && refused.contains("1048576"), refused);
        }
    }

    @Test
    void sessionThatFillsItsRoomSaysSoAndGoesOn() {
        mountTmpfs("size=2m,mode=1777");
        try (TestJvm jvm = TestJvm.start(mount)) {
            jvm.ask("path");
            String refused = jvm.ask("segment 3000000");
            assertTrue(refused.contains("NoSpaceException"), refused);
            assertTrue(jvm.ask("segment 1000000").startsWith(mount.toString()));
            refused = jvm.ask("segment 1000000");
            assertTrue(refused.contains("NoSpaceException"), refused);
            assertEquals("1", String.valueOf(PartyId.slot(jvm.askNumber("reserve child"))));
        }
    }
}
