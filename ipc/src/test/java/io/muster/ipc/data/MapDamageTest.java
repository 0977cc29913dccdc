package io.muster.ipc.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.codec.DecodeException;
import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.CrashParty;
import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.CrashWorld;
import io.muster.ipc.memory.NoSpaceException;
import io.muster.ipc.memory.SegmentException;
import io.muster.ipc.memory.Superuser;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others may do to a map's files, and a file system that is full: an error in bounded time, and never a hang. */
class MapDamageTest {

    @Test
    void overwrittenBytesGiveErrorsOrWrongValuesButNeverAHangOrACrash() {
        Random random = new Random(7);
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int round = 0; round < 300; round++) {
                try (MapCrashWorld world = new MapCrashWorld(MapCrashWorld.small())) {
                    for (int i = 0; i < 10; i++) {
                        world.survivor.put("key " + i, i % 2 == 0 ? i : "value " + i);
                    }
                    overwrite(world, random, round % 3 == 0);
                    useAll(world.survivor);
                    useAll(world.join());
                }
            }
        });
    }

    private static void overwrite(MapCrashWorld world, Random random, boolean header) throws IOException {
        Path file = header
                ? world.directory.resolve("map.head")
                : world.directory.resolve("map.s0."
                        + world.survivorCore.stripe(0).current().segment.file());
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            // Not the lock of the stripe: whoever writes there decides who may go on.
            long from = header ? 64 + MapLayout.stripe(0) + MapLayout.VERSION : 64;
            long to = header ? 64 + MapLayout.stripe(1) : out.length();
            for (int i = random.nextInt(20); i >= 0; i--) {
                out.seek(from + (long) (random.nextDouble() * (to - from)));
                out.write(random.nextInt(4) == 0 ? 0 : random.nextInt());
            }
        }
    }

    private static void useAll(SharedMap<String, Object> map) {
        Runnable[] uses = {
            () -> map.get("key 1"),
            () -> map.put("key 2", "other"),
            () -> map.remove("key 3"),
            () -> map.size(),
            () -> map.keySet().forEach(String::length),
            () -> map.entrySet().forEach(Object::toString),
            () -> map.put(
                    "new", "a value that needs some room for itself, so that the map has to grow sooner or later"),
            () -> map.clear(),
            () -> map.put("key 1", 1)
        };
        for (Runnable use : uses) {
            try {
                use.run();
            } catch (SegmentException | DecodeException | ClassCastException e) {
                assertFalse(String.valueOf(e.getMessage()).isEmpty());
            }
        }
    }

    @Test
    void aFileThatIsGoneIsAnErrorThatNamesIt() throws IOException {
        try (MapCrashWorld world = new MapCrashWorld(MapCrashWorld.small())) {
            world.survivor.put("k", 1);
            int file = world.survivorCore.stripe(0).current().segment.file();
            assertTrue(world.directory.resolve("map.s0." + file).toFile().delete());
            SharedMap<String, Object> newcomer = world.join();
            SegmentException failed = assertThrows(SegmentException.class, () -> newcomer.get("k"));
            assertTrue(failed.getMessage().contains("map.s0." + file), failed.getMessage());
            assertThrows(SegmentException.class, () -> newcomer.put("k", 2));
            assertEquals(1, world.survivor.get("k"));
        }
    }

    @Test
    void aFullFileSystemFailsThePutAndLeavesTheMapWhole() {
        try (MapCrashWorld world = new MapCrashWorld(MapCrashWorld.small())) {
            Path mount = world.directory;
            Superuser.assumeAble(
                    "mount a small tmpfs", "mount", "-t", "tmpfs", "-o", "size=256k", "muster-test", mount.toString());
            try {
                fill(world);
            } finally {
                Superuser.run("umount", "-l", mount.toString());
            }
        }
    }

    /** Files that were removed keep their room until the collector unmaps them, and a map by itself leaves it no garbage. */
    @Test
    void roomThatOnlyRemovedFilesTakeIsFoundAgain(@TempDir Path mount) {
        SharedMap<String, Object> map = mapIn(mount);
        Superuser.assumeAble(
                "mount a small tmpfs", "mount", "-t", "tmpfs", "-o", "size=1m", "muster-test", mount.toString());
        try {
            byte[] value = new byte[60_000];
            for (int round = 0; round < 6; round++) {
                for (int i = 0; i < 4; i++) {
                    map.put("key " + i, value);
                }
                map.clear();
            }
        } finally {
            Superuser.run("umount", "-l", mount.toString());
        }
    }

    /** Its files are not watched, as who watches them keeps them mapped. */
    private static SharedMap<String, Object> mapIn(Path directory) {
        CrashParty party = CrashParty.join(new CrashWorld(1024));
        Cell cell = party.cell(MapLayout.CELL_KIND, MapLayout.VERSION_NOW, 0, 1024, true);
        MapCore.format(cell, new MapFiles(directory, "map"), "map", MapCrashWorld.small());
        cell.publish();
        MapCore core = new MapCore(party.participant(), cell, prefix -> new MapFiles(directory, prefix), null);
        return new MapHandle<>(core, ObjectCodec.standard(), false);
    }

    private static void fill(MapCrashWorld world) {
        SharedMap<String, Object> map = world.survivor;
        NoSpaceException full = assertThrows(NoSpaceException.class, () -> {
            for (int i = 0; ; i++) {
                map.put("key " + i, "value ".repeat(20) + i);
            }
        });
        assertTrue(full.askedBytes() > 0 && full.getMessage().contains("asked for"), full.getMessage());
        int size = map.size();
        assertTrue(size > 100, "only " + size);
        MapCrashWorld.verify(world.survivorCore);
        assertThrows(NoSpaceException.class, () -> map.put("large", new byte[400_000]));
        for (int i = 0; i < size; i++) {
            assertEquals("value ".repeat(20) + i, map.remove("key " + i));
        }
        assertTrue(map.isEmpty());
        map.put("key 0", "again");
        assertEquals("again", map.get("key 0"));
        MapCrashWorld.verify(world.survivorCore);
    }

    @Test
    void aLargeValueWhoseFileWasRemovedIsAnErrorAlsoInsideACompute() {
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            try (MapCrashWorld world = new MapCrashWorld(MapCrashWorld.small())) {
                SharedMap<String, Object> map = world.survivor;
                map.put("large", new byte[100_000]);
                map.put("other", 1);
                for (File file : world.directory.toFile().listFiles((directory, name) -> name.startsWith("map.v"))) {
                    assertTrue(file.delete());
                }
                assertThrows(CorruptSegmentException.class, () -> map.get("large"));
                assertThrows(
                        CorruptSegmentException.class, () -> map.compute("other", (key, value) -> map.get("large")));
                assertTrue(map.keySet().remove("large"));
                assertFalse(map.containsKey("large"));
                assertEquals(1, map.get("other"));
            }
        });
    }
}
