package io.muster.ipc.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions made, left and swept by processes that are killed or stopped at every file step. */
class SessionCrashTest {
    @TempDir
    Path temp;

    private int worlds;

    /** A directory for sessions, and a kernel that knows the processes in them. */
    private final class World {
        final FakeKernel kernel = new FakeKernel();
        final Path base;
        SessionDirectory session;
        FakeKernel.Process root;

        World() {
            base = mkdir(temp.resolve("world-" + worlds++));
        }

        SessionDirectory create(FakeKernel.Process process, CrashPoint point) {
            return new SessionOpener(process.self(), process, process, point, locksOf(process)).create(base);
        }

        /** A session with files in it, whose root is alive. */
        World withSession() {
            root = kernel.start();
            session = create(root, CrashPoint.never());
            Segment.create(session.newFile("map"), SegmentKind.of("TEST"), 1, 100);
            mkdir(mkdir(session.path().resolve("nested")).resolve("deeper"));
            return this;
        }

        World withDeadSession() {
            withSession();
            root.kill();
            forgetMark();
            return this;
        }

        /** The mark is this JVM's, which plays all processes. */
        void forgetMark() {
            JoinedPlaces.remove(session.path());
        }

        StaleSession sweep(CrashPoint point) {
            FakeKernel.Process process = kernel.start(point);
            return new Sweeper(process.self(), process, point, locksOf(process)).sweep(session.path(), false);
        }

        private LockFiles locksOf(FakeKernel.Process process) {
            return new LockFiles() {
                @Override
                public PlaceLocks create(Path directory) throws IOException {
                    Files.createFile(directory.resolve(LiveFile.NAME));
                    return process;
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

    private static Path mkdir(Path path) {
        try {
            return Files.createDirectory(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final BiConsumer<World, CrashPoint> SWEEP = World::sweep;

    @Test
    void sweeperKilledAnywhereLeavesWhatTheNextOneFinishes() {
        int deaths = new CrashEnumeration<>(() -> new World().withDeadSession(), SWEEP).die(world -> {
            if (Files.exists(world.session.path())) {
                assertTrue(world.sweep(CrashPoint.never()).removed());
            }
            assertEquals(List.of(), list(world.base));
        });
        assertTrue(deaths > 30, "deaths tried: " + deaths);
    }

    @Test
    void twoSweepersKilledAnywhereLeaveWhatTheThirdOneFinishes() {
        new CrashEnumeration<>(() -> new World().withDeadSession(), SWEEP).dieTwice(SWEEP, world -> {
            world.sweep(CrashPoint.never());
            assertEquals(List.of(), list(world.base));
        });
    }

    @Test
    void stoppedSweeperHoldsUpNobodyAndAnotherDoesNoHarmMeanwhile() {
        new CrashEnumeration<>(() -> new World().withDeadSession(), SWEEP)
                .pause(
                        world -> {
                            if (Files.exists(world.session.path())) {
                                world.sweep(CrashPoint.never());
                            }
                        },
                        world -> assertEquals(List.of(), list(world.base)));
    }

    @Test
    void livingSessionIsNotSweptNeitherByItsLockNorByItsProcess() {
        World world = new World().withSession();
        world.forgetMark();
        assertNull(world.sweep(CrashPoint.never()));
        world.root.loseLocks();
        assertNull(world.sweep(CrashPoint.never()), "the second witness sees it");
        world.root.kill();
        assertNotNull(world.sweep(CrashPoint.never()));
        assertFalse(Files.exists(world.session.path()));
    }

    @Test
    void sessionWithoutReadableTableIsSweptOnceItsRootIsGone() throws Exception {
        World world = new World().withSession();
        world.forgetMark();
        Files.write(world.session.path().resolve(TableFile.NAME), new byte[40]);
        world.root.loseLocks();
        assertNull(world.sweep(CrashPoint.never()), "its root is known by the directory's name");
        world.root.kill();
        assertTrue(world.sweep(CrashPoint.never()).removed());
    }

    @Test
    void makerKilledAnywhereLeavesNothingThatLooksAliveOrStaysForEver() {
        BiConsumer<World, CrashPoint> create = (world, point) -> {
            FakeKernel.Process process = world.kernel.start(point);
            world.session = world.create(process, point);
            process.kill();
        };
        int deaths = new CrashEnumeration<>(World::new, create).die(world -> {
            for (Path left : list(world.base)) {
                JoinedPlaces.remove(left);
                FakeKernel.Process process = world.kernel.start();
                Sweeper sweeper = new Sweeper(process.self(), process, process.point(), world.locksOf(process));
                if (SessionName.isUnfinished(left)) {
                    assertNull(sweeper.sweep(left, false), "may be being made just now");
                    assertTrue(left.toFile().setLastModified(System.currentTimeMillis() - 2 * 60 * 60 * 1000));
                }
                assertTrue(sweeper.sweep(left, false).removed());
            }
            assertEquals(List.of(), list(world.base));
        });
        assertTrue(deaths > 30, "deaths tried: " + deaths);
    }

    @Test
    void rootKilledAnywhereInLeavingLeavesWhatASweepFinishes() {
        BiConsumer<World, CrashPoint> leave = (world, point) -> {
            FakeKernel.Process process = world.kernel.start(point);
            world.session = world.create(process, CrashPoint.never());
            world.session.close();
            process.kill();
        };
        new CrashEnumeration<>(World::new, leave).die(world -> {
            for (Path left : list(world.base)) {
                JoinedPlaces.remove(left);
                if (SessionName.isSession(left)) {
                    FakeKernel.Process process = world.kernel.start();
                    new Sweeper(process.self(), process, process.point(), world.locksOf(process)).sweep(left, false);
                    assertFalse(Files.exists(left));
                }
            }
        });
    }

    @Test
    void lastOfAllThatLeaveRemovesTheSession() {
        World world = new World().withSession();
        Place root = world.session.place();
        SessionDirectory[] children = new SessionDirectory[3];
        for (int i = 0; i < children.length; i++) {
            FakeKernel.Process process = world.kernel.start();
            world.forgetMark();
            children[i] = new SessionOpener(
                            process.self(), process, process, CrashPoint.never(), world.locksOf(process))
                    .join(world.session.path(), root.reserve("child-" + i));
        }
        world.session.close();
        children[0].close();
        children[1].close();
        assertTrue(Files.exists(world.session.path()));
        assertEquals(Judgement.ALIVE, children[2].place().judge(root.self()), "leaving is not dying");
        children[2].close();
        assertFalse(Files.exists(world.session.path()));
    }

    @Test
    void childThatComesTooLateIsToldSo() {
        World world = new World().withSession();
        long child = world.session.place().reserve("late");
        FakeKernel.Process process = world.kernel.start();
        SessionOpener opener =
                new SessionOpener(process.self(), process, process, CrashPoint.never(), world.locksOf(process));
        world.session.close();
        world.forgetMark();
        PlaceException late = assertThrows(PlaceException.class, () -> opener.join(world.session.path(), child));
        assertTrue(late.getMessage().contains("not there any more"), late.getMessage());
    }

    @Test
    void linksInASessionAreRemovedAndNotFollowed() throws Exception {
        World world = new World().withSession();
        Path precious = Files.createFile(mkdir(temp.resolve("elsewhere")).resolve("precious"));
        Files.createSymbolicLink(world.session.path().resolve("link"), precious.getParent());
        world.session.close();
        assertFalse(Files.exists(world.session.path()));
        assertTrue(Files.exists(precious));
    }
}
