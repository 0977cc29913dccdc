package io.muster.ipc.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Named places made, joined and repaired after a reboot by processes that are killed or stopped at every step. */
class PlaceDirectoryCrashTest {
    private static final int KIND = SegmentKind.of("TEST");

    @TempDir
    Path temp;

    private int worlds;

    /** A directory that is, or will be, a place; and a kernel that knows the processes in it. */
    private final class World {
        final FakeKernel kernel = new FakeKernel();
        final Path directory = temp.resolve("world-" + worlds++);
        Place survivor;
        long[] before = {};

        PlaceOpener.Opened open(FakeKernel.Process process) {
            JoinedPlaces.remove(directory); // the mark is this JVM's, which plays all processes
            CrashPoint point = process.point();
            return new PlaceOpener(
                            16,
                            process.self(),
                            process,
                            process,
                            point,
                            locksOf(process),
                            memory -> new CrashingMemory(memory, point))
                    .open(directory, true, "party");
        }

        Place join() {
            return open(kernel.start()).place();
        }

        World withPlace() {
            survivor = join();
            return this;
        }

        /** Two that lived when the machine went down, and whose pids live again in other processes. */
        World afterReboot() {
            FakeKernel.Process first = kernel.start();
            FakeKernel.Process second = kernel.start();
            before =
                    new long[] {open(first).place().self(), open(second).place().self()};
            Segment.create(directory.resolve("data"), KIND, 1, 100).memory().putLong(0, 42);
            first.loseLocks();
            second.loseLocks();
            Segment.open(directory.resolve(TableFile.NAME), PlaceLayout.KIND, PlaceLayout.VERSION)
                    .memory()
                    .putLong(PlaceLayout.BOOT_ID_LOW, 4711);
            return this;
        }

        void assertUsable() {
            Place newcomer = join();
            assertEquals(Judgement.ALIVE, newcomer.judge(newcomer.self()));
            if (survivor != null) {
                assertEquals(Judgement.ALIVE, newcomer.judge(survivor.self()));
                assertEquals(Judgement.ALIVE, survivor.judge(newcomer.self()), "they meet in one place");
            }
            for (long id : before) {
                assertTrue(newcomer.isDead(id), () -> newcomer.describe(id) + " is of the time before the reboot");
                assertNotEquals(id, newcomer.self());
            }
            assertTidy();
        }

        /** What killed makers leave goes within the hour. */
        void assertTidy() {
            for (File file : directory.toFile().listFiles((parent, name) -> name.startsWith("."))) {
                assertTrue(file.setLastModified(System.currentTimeMillis() - 2 * 60 * 60 * 1000));
            }
            join();
            List<String> files = List.of(directory.toFile().list());
            assertTrue(files.size() == (before.length == 0 ? 2 : 3), files::toString);
        }

        private LockFiles locksOf(FakeKernel.Process process) {
            return new LockFiles() {
                @Override
                public PlaceLocks create(Path directory) {
                    throw new AssertionError("places make their lock files otherwise");
                }

                @Override
                public PlaceLocks open(Path directory) throws IOException {
                    if (!Files.exists(directory.resolve(LiveFile.NAME))) {
                        throw new NoSuchFileException(directory.toString());
                    }
                    return process;
                }
            };
        }
    }

    private static final BiConsumer<World, CrashPoint> OPEN = (world, point) -> {
        FakeKernel.Process process = world.kernel.start(point);
        world.open(process);
        process.kill();
    };

    @Test
    void makerKilledAnywhereLeavesWhatTheNextOneCompletes() {
        int deaths = new CrashEnumeration<>(World::new, OPEN).die(World::assertUsable);
        assertTrue(deaths >= 6 * 8, "deaths tried: " + deaths);
    }

    @Test
    void twoMakersKilledAnywhereLeaveWhatTheThirdOneCompletes() {
        new CrashEnumeration<>(World::new, OPEN).dieTwice(OPEN, World::assertUsable);
    }

    @Test
    void joinerKilledAnywhereHoldsUpNobody() {
        int deaths = new CrashEnumeration<>(() -> new World().withPlace(), OPEN).die(World::assertUsable);
        assertTrue(deaths >= 6 * 5, "deaths tried: " + deaths);
    }

    @Test
    void makerThatStopsHoldsUpNobodyAndEndsInTheSamePlace() {
        new CrashEnumeration<>(World::new, (world, point) -> {
                    Place late = world.open(world.kernel.start(point)).place();
                    if (world.survivor != null) {
                        assertFalse(world.survivor.isDead(late.self()));
                        assertNotEquals(world.survivor.self(), late.self());
                        assertEquals(Judgement.ALIVE, late.judge(world.survivor.self()));
                    }
                })
                .pause(world -> world.survivor = world.join(), World::assertUsable);
    }

    @Test
    void firstComerAfterARebootMayBeKilledAnywhere() {
        BiConsumer<World, CrashPoint> open = (world, point) -> {
            FakeKernel.Process process = world.kernel.start(point);
            Place place = world.open(process).place();
            for (long id : world.before) {
                assertTrue(place.isDead(id), "whoever may go on sees nobody of before the reboot");
            }
            process.kill();
        };
        int deaths = new CrashEnumeration<>(() -> new World().afterReboot(), open).die(World::assertUsable);
        assertTrue(deaths >= 6 * 12, "deaths tried: " + deaths);
        new CrashEnumeration<>(() -> new World().afterReboot(), open).dieTwice(open, World::assertUsable);
    }

    @Test
    void dataOutlivesTheReboot() {
        World world = new World().afterReboot();
        world.join();
        Memory data = Segment.open(world.directory.resolve("data"), KIND, 1).memory();
        assertEquals(42, data.getLong(0));
    }
}
