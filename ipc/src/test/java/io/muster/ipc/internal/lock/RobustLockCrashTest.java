package io.muster.ipc.internal.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.internal.cell.CrashParty;
import io.muster.ipc.memory.CrashEnumeration;
import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.memory.CrashWorld;
import io.muster.ipc.memory.PartyId;
import io.muster.ipc.wait.Deadline;
import org.junit.jupiter.api.Test;

/** Owners and waiters of a lock die at each of their steps; the living must go on, told of what happened. */
class RobustLockCrashTest {
    private static final long LIMIT_NANOS = 20_000_000_000L;

    /** A lock, and a survivor that will want it. */
    private static final class World {
        final CrashWorld world = new CrashWorld(256);
        final CrashParty survivor = CrashParty.join(world);
        final RobustLock survivors = lockOf(survivor);
        /** The highest token that anybody was told. */
        long told;

        CrashParty victim;

        RobustLock join(CrashPoint point) {
            victim = CrashParty.join(world, point);
            return lockOf(victim);
        }

        static RobustLock lockOf(CrashParty party) {
            return new RobustLock(party.participant(), party.memory(), 0);
        }

        void use(RobustLock lock) {
            lock.acquire();
            noteToken(lock);
            lock.release();
        }

        void noteToken(RobustLock lock) {
            long token = lock.token();
            assertTrue(token > told, "token " + token + " after " + told + " was told");
            told = token;
        }

        /** The survivor gets it in time, is told if somebody died inside, and leaves it as it should be. */
        void survive() {
            boolean held = survivors.owner() != PartyId.NOBODY;
            assertTrue(survivors.acquireUninterruptibly(Deadline.afterNanos(LIMIT_NANOS)), survivors::toString);
            noteToken(survivors);
            assertEquals(held, survivors.isAbandoned(), "whether an owner died, and what the next one is told");
            if (survivors.isAbandoned()) {
                assertTrue(
                        victim.participant().place() != null && survivors.formerOwner() != survivor.id(),
                        "a former owner that lives");
            }
            survivors.release();
            assertEquals(PartyId.NOBODY, survivors.owner());
            assertTrue(survivors.tryAcquire());
            assertFalse(survivors.isAbandoned(), "released in order, and still abandoned");
            survivors.release();
        }
    }

    @Test
    void anOwnerMayDieAnywhere() {
        int deaths =
                new CrashEnumeration<>(World::new, (world, point) -> world.use(world.join(point))).die(World::survive);
        assertTrue(deaths >= 3 * 3, "only " + deaths);
    }

    @Test
    void whoTakesOverFromADeadOwnerMayDieToo() {
        int deaths = new CrashEnumeration<>(World::new, (world, point) -> world.use(world.join(point)))
                .dieTwice((world, point) -> world.use(world.join(point)), World::survive);
        assertTrue(deaths >= 20, "only " + deaths);
    }

    @Test
    void aReleaseThatLeavesItAbandonedMayDie() {
        new CrashEnumeration<>(World::new, (world, point) -> {
                    RobustLock lock = world.join(point);
                    lock.acquire();
                    lock.releaseAbandoned();
                })
                .die(world -> {
                    boolean untouched = world.survivors.token() == 0 && world.survivors.owner() == PartyId.NOBODY;
                    assertTrue(world.survivors.acquireUninterruptibly(Deadline.afterNanos(LIMIT_NANOS)));
                    assertTrue(untouched || world.survivors.isAbandoned());
                    world.survivors.release();
                });
    }

    @Test
    void aWaiterMayDieAnywhereOnItsWayToBecomeTheHeir() {
        int deaths = new CrashEnumeration<>(
                        () -> {
                            World world = new World();
                            world.survivors.acquire();
                            world.noteToken(world.survivors);
                            return world;
                        },
                        (world, point) -> {
                            RobustLock lock = world.join(point);
                            assertFalse(lock.acquireUninterruptibly(Deadline.afterNanos(8_000_000)));
                        })
                .die(world -> {
                    world.survivors.release();
                    world.survive();
                    RobustLock other = world.join(CrashPoint.never());
                    assertTrue(other.acquireUninterruptibly(Deadline.afterNanos(LIMIT_NANOS)), other::toString);
                    other.release();
                });
        assertTrue(deaths >= 3 * 4, "only " + deaths);
    }

    @Test
    void anOwnerThatStopsIsNotRobbedAndGoesOn() {
        new CrashEnumeration<>(World::new, (world, point) -> {
                    RobustLock lock = world.join(point);
                    lock.acquire();
                    long token = lock.token();
                    lock.release();
                    assertTrue(token > 0);
                })
                .pause(
                        world -> {
                            if (world.survivors.owner() == world.victim.id()) {
                                assertFalse(world.survivors.acquireUninterruptibly(Deadline.afterNanos(5_000_000)));
                            } else {
                                world.survive();
                            }
                        },
                        World::survive);
    }

    @Test
    void anHeirThatStopsHoldsNobodyUp() {
        new CrashEnumeration<>(
                        () -> {
                            World world = new World();
                            world.survivors.acquire();
                            return world;
                        },
                        (world, point) -> world.join(point).acquireUninterruptibly(Deadline.afterNanos(8_000_000)))
                .pause(
                        world -> {
                            if (world.survivors.isHeldByThisProcess()) {
                                world.survivors.release();
                            }
                            RobustLock third = World.lockOf(CrashParty.join(world.world));
                            assertTrue(third.acquireUninterruptibly(Deadline.afterNanos(LIMIT_NANOS)));
                            third.release();
                        },
                        world -> {
                            if (world.survivors.isHeldByThisProcess()) {
                                world.survivors.release();
                            }
                        });
    }
}
