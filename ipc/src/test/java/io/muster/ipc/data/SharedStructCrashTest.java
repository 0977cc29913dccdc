package io.muster.ipc.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.CrashParty;
import io.muster.ipc.memory.CrashEnumeration;
import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.memory.CrashWorld;
import io.muster.ipc.memory.PartyId;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A process dies at each step of every change to a shared record: the others find the old one or the new one. */
class SharedStructCrashTest {
    private static final RecordShape<Mirrored> SHAPE = new RecordShape<>(Mirrored.class);
    private static final int BYTES = 512;

    /** A record of value 10, known to a survivor. */
    private static final class World {
        final CrashWorld world = new CrashWorld(BYTES);
        final CrashParty survivor = CrashParty.join(world);
        final StructHandle<Mirrored> struct;
        private final StructCore<Mirrored> core;

        World() {
            Cell cell = survivor.cell(StructCore.KIND, StructLayout.VERSION, 0, BYTES, true);
            StructCore.format(cell, SHAPE, Mirrored.of(10));
            cell.publish();
            core = new StructCore<>(survivor.participant(), cell, SHAPE);
            struct = new StructHandle<>(core, false);
        }

        StructHandle<Mirrored> join(CrashPoint point) {
            CrashParty party = CrashParty.join(world, point);
            Cell cell = party.cell(StructCore.KIND, StructLayout.VERSION, 0, BYTES, false);
            return new StructHandle<>(new StructCore<>(party.participant(), cell, SHAPE), false);
        }

        boolean isLocked() {
            return core.lock().owner() != PartyId.NOBODY;
        }

        /** What is there is one of the two, for everybody, and can be changed. */
        void survive(long before, long after) {
            long found = struct.get().value();
            assertTrue(found == before || found == after, "found " + found);
            assertEquals(found, join(CrashPoint.never()).get().value());
            assertEquals(found + 1, struct.updateAndGet(Mirrored::next).value());
            StructHandle<Mirrored> newcomer = join(CrashPoint.never());
            newcomer.set(Mirrored.of(500));
            assertEquals(500, struct.get().value());
            assertTrue(struct.compareAndSet(Mirrored.of(500), Mirrored.of(501)));
            assertFalse(isLocked());
        }
    }

    private static CrashEnumeration<World> enumeration(Consumer<StructHandle<Mirrored>> change) {
        return new CrashEnumeration<>(World::new, (world, point) -> change.accept(world.join(point)));
    }

    @Test
    void whoSetsItMayDieAnywhere() {
        int deaths = enumeration(struct -> struct.set(Mirrored.of(20))).die(world -> world.survive(10, 20));
        assertTrue(deaths >= 3 * 4, "only " + deaths);
    }

    @Test
    void whoSetsItTwiceMayDieAnywhereBetween() {
        enumeration(struct -> {
                    struct.set(Mirrored.of(20));
                    assertEquals(20, struct.get().value());
                    struct.set(Mirrored.of(10));
                })
                .die(world -> world.survive(10, 20));
    }

    @Test
    void whoUpdatesOrComparesMayDieAnywhere() {
        enumeration(struct -> struct.updateAndGet(Mirrored::next)).die(world -> world.survive(10, 11));
        enumeration(struct -> struct.compareAndSet(Mirrored.of(10), Mirrored.of(30)))
                .die(world -> world.survive(10, 30));
    }

    @Test
    void whoGoesOnAfterADeathMayDieToo() {
        int deaths = enumeration(struct -> struct.updateAndGet(Mirrored::next))
                .dieTwice((world, point) -> world.join(point).updateAndGet(Mirrored::next), world -> {
                    long found = world.struct.get().value();
                    assertTrue(found >= 10 && found <= 12, "found " + found);
                    world.survive(found, found);
                });
        assertTrue(deaths >= 30, "only " + deaths);
    }

    @Test
    void whileWhoSetsItStandsStillTheOthersRead() {
        int pauses = enumeration(struct -> struct.set(Mirrored.of(20)))
                .pause(
                        world -> {
                            long found = world.struct.get().value();
                            assertTrue(found == 10 || found == 20, "found " + found);
                            if (!world.isLocked()) {
                                world.struct.set(Mirrored.of(found));
                            }
                        },
                        world -> world.survive(10, 20));
        assertTrue(pauses >= 3, "only " + pauses);
    }

    @Test
    void anUpdateThatWasOvertakenWhileItStoodStillIsDoneAgain() {
        enumeration(struct -> struct.updateAndGet(Mirrored::next))
                .pause(
                        world -> {
                            if (!world.isLocked()) {
                                world.struct.updateAndGet(Mirrored::next);
                            }
                        },
                        world -> {
                            long found = world.struct.get().value();
                            assertTrue(found == 11 || found == 12, "found " + found);
                            world.survive(found, found);
                        });
    }
}
