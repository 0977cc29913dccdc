package io.muster.ipc.internal.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.CrashEnumeration;
import io.muster.ipc.memory.CrashPoint;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makers and removers of named objects die, or stop, at each of their steps. */
class NamedCellsCrashTest {
    @TempDir
    Path temp;

    private int worlds;

    private NamedWorld world() {
        return new NamedWorld(temp.resolve("world-" + worlds++));
    }

    private NamedWorld worldWithObject() {
        NamedWorld world = world();
        world.survivor.open("n", 1);
        return world;
    }

    private static final BiConsumer<NamedWorld, CrashPoint> MAKE = (world, point) -> {
        world.join(point).open("n", 1);
        point.kill();
    };

    private static final BiConsumer<NamedWorld, CrashPoint> REMOVE = (world, point) -> {
        world.join(point).remove("n");
        point.kill();
    };

    /** Whatever happened: all find one object, it can be removed, and nothing is left an hour later. */
    private static void goOn(NamedWorld world) {
        assertEquals(1, world.survivor.open("n", 1).value());
        assertEquals(1, world.join().open("n", 2).value());
        assertEquals(1, world.survivor.names.list().size());
        assertTrue(world.survivor.remove("n"));
        assertEquals(List.of(), world.survivor.names.list());
        assertEquals(5, world.survivor.open("n", 5).value());
        world.makeAllOld();
        world.survivor.names.removeOrphans();
        assertEquals(
                2,
                world.files().stream().filter(file -> !file.startsWith(".new-")).count(),
                () -> world.files().toString());
    }

    @Test
    void aMakerMayDieAnywhere() {
        int deaths = new CrashEnumeration<>(this::world, MAKE).die(NamedCellsCrashTest::goOn);
        assertTrue(deaths >= 6 * 4, "only " + deaths);
    }

    @Test
    void twoMakersMayDieAnywhere() {
        new CrashEnumeration<>(this::world, MAKE).dieTwice(MAKE, NamedCellsCrashTest::goOn);
    }

    @Test
    void aMakerThatStopsFindsWhatAnotherHasMade() {
        new CrashEnumeration<>(this::world, (world, point) -> {
                    long late = world.join(point).open("n", 2).value();
                    assertEquals(world.survivor.open("n", 3).value(), late, "both have the same one");
                    world.survivor.remove("n");
                })
                .pause(world -> world.survivor.open("n", 1), NamedCellsCrashTest::goOn);
    }

    @Test
    void aRemoverMayDieAnywhere() {
        int deaths = new CrashEnumeration<>(this::worldWithObject, REMOVE).die(NamedCellsCrashTest::goOn);
        assertTrue(deaths >= 6 * 3, "only " + deaths);
    }

    @Test
    void twoRemoversMayDieAnywhere() {
        new CrashEnumeration<>(this::worldWithObject, REMOVE).dieTwice(REMOVE, NamedCellsCrashTest::goOn);
    }

    @Test
    void aRemoverMayDieAndTheNextMakerToo() {
        new CrashEnumeration<>(this::worldWithObject, REMOVE).dieTwice(MAKE, NamedCellsCrashTest::goOn);
    }

    @Test
    void aRemoverThatStopsHoldsUpNobodyElsesNames() {
        new CrashEnumeration<>(
                        this::worldWithObject,
                        (world, point) -> world.join(point).remove("n"))
                .pause(
                        world -> {
                            assertEquals(3, world.survivor.open("other", 3).value());
                            assertTrue(world.survivor.names.list().size() <= 2);
                        },
                        world -> {
                            if (world.survivor.names.find("other").isPresent()) {
                                world.survivor.remove("other");
                            }
                            goOn(world);
                        });
    }
}
