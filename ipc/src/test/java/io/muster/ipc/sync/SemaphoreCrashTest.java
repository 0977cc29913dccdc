package io.muster.ipc.sync;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.internal.cell.CrashParty;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CrashEnumeration;
import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.wait.Deadline;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A party dies at each step of each operation: what it held comes back, and what it released is released or not. */
class SemaphoreCrashTest {
    private static final int PERMITS = 3;

    /** Three permits, none taken. */
    private static final class World extends SyncWorld {
        final SemaphoreCore survivors;

        World(boolean fair) {
            this(PERMITS, SemaphoreLayout.NO_LIMIT, fair);
        }

        World(int permits, int limit, boolean fair) {
            survivors = newSemaphore(permits, limit, fair);
        }

        /** Waits for all that should be there: by its own judgement, as nobody announces anything. */
        void survive(int permits) {
            assertTrue(acquire(survivors, permits, LIMIT_NANOS), survivors::toString);
            assertFalse(survivors.tryAcquire(1), survivors::toString);
            survivors.release(permits);
            assertEquals(permits, survivors.availablePermits());
            SemaphoreCore newcomer = semaphore(join(CrashPoint.never()));
            assertTrue(newcomer.tryAcquire(permits));
            newcomer.release(permits);
            assertEquals(permits, newcomer.availablePermits());
        }
    }

    private static boolean acquire(SemaphoreCore semaphore, int permits, long nanos) {
        try {
            return semaphore.acquire(permits, Deadline.afterNanos(nanos), true);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static CrashEnumeration<World> enumeration(boolean fair, BiConsumer<World, SemaphoreCore> operation) {
        return new CrashEnumeration<>(
                () -> new World(fair),
                (world, point) -> operation.accept(world, SyncWorld.semaphore(world.join(point))));
    }

    private static void takeAndGive(World world, SemaphoreCore semaphore) {
        assertTrue(acquire(semaphore, 2, SyncWorld.LIMIT_NANOS));
        semaphore.release(1);
        assertTrue(semaphore.tryAcquire(1));
        semaphore.release(2);
    }

    @ParameterizedTest(name = "fair: {0}")
    @ValueSource(booleans = {false, true})
    void permitsOfTheDeadComeBack(boolean fair) {
        int deaths = enumeration(fair, SemaphoreCrashTest::takeAndGive).die(world -> world.survive(PERMITS));
        assertTrue(deaths > 6 * 9, "only " + deaths);
    }

    @Test
    void alsoIfWhoeverRepairsDiesToo() {
        int deaths = enumeration(false, (world, semaphore) -> {
                    assertTrue(semaphore.tryAcquire(2));
                    semaphore.release(1);
                })
                .dieTwice(
                        (world, point) -> {
                            SemaphoreCore repairer = SyncWorld.semaphore(world.join(point));
                            if (acquire(repairer, PERMITS, SyncWorld.LIMIT_NANOS)) {
                                repairer.release(PERMITS);
                            }
                        },
                        world -> {
                            world.victim.point().kill();
                            world.survive(PERMITS);
                        });
        assertTrue(deaths > 100, "only " + deaths);
    }

    @Test
    void theDrainedComeBack() {
        enumeration(false, (world, semaphore) -> semaphore.drain()).die(world -> {
            if (world.victim.point().isDead()) {
                world.survive(PERMITS);
            } else {
                assertEquals(0, world.survivors.availablePermits());
            }
        });
    }

    @Test
    void whatIsMadeByAReleaseIsMadeAtOnceOrNotAtAll() {
        enumeration(false, (world, semaphore) -> {
                    assertTrue(acquire(semaphore, 1, SyncWorld.LIMIT_NANOS));
                    semaphore.release(3);
                })
                .die(world -> {
                    int made = world.victim.point().isDead() ? totalOf(world) - PERMITS : 2;
                    assertTrue(made == 0 || made == 2, "made " + made);
                    world.survive(PERMITS + made);
                });
    }

    private static int totalOf(World world) {
        long total = world.world.shared().getLongVolatile(16 + SemaphoreLayout.TOTAL);
        return (int) total;
    }

    @ParameterizedTest(name = "fair: {0}")
    @ValueSource(booleans = {false, true})
    void aWaiterMayDieAnywhere(boolean fair) {
        int deaths = new CrashEnumeration<>(
                        () -> {
                            World world = new World(fair);
                            assertTrue(world.survivors.tryAcquire(PERMITS));
                            return world;
                        },
                        (world, point) -> {
                            SemaphoreCore semaphore = SyncWorld.semaphore(world.join(point));
                            assertFalse(acquire(semaphore, 2, 4_000_000));
                        })
                .die(world -> {
                    world.survivors.release(PERMITS);
                    world.survive(PERMITS);
                });
        assertTrue(deaths > 6, "only " + deaths);
    }

    @Test
    void whoIsStoppedKeepsWhatItHolds() {
        enumeration(false, SemaphoreCrashTest::takeAndGive)
                .pause(
                        world -> {
                            long word = world.world.shared().getLongVolatile(16 + SemaphoreLayout.LOCK);
                            if (word == 0) {
                                long heldByIt = PERMITS - world.survivors.availablePermits();
                                assertEquals(heldByIt == 0, acquire(world.survivors, PERMITS, 3_000_000));
                                if (heldByIt == 0) {
                                    world.survivors.release(PERMITS);
                                }
                            } else {
                                assertFalse(
                                        acquire(world.survivors, PERMITS, 3_000_000), "entered a lock that is held");
                            }
                        },
                        world -> world.survive(PERMITS));
    }

    @Test
    void aBoundHoldsAlsoWhenPermitsOfTheDeadComeBack() {
        SyncWorld world = new SyncWorld();
        SemaphoreCore survivors = world.newSemaphore(2, 2, false);
        SemaphoreCore victims = SyncWorld.semaphore(world.join(CrashPoint.never()));
        assertTrue(victims.tryAcquire(1));
        survivors.release(1);
        assertEquals(2, survivors.availablePermits());
        world.victim.point().kill();
        assertTrue(world.survivor.participant().isDeadByWitnesses(world.victim.id()));
        assertEquals(2, survivors.availablePermits());
        assertTrue(survivors.tryAcquire(2));
        survivors.release(2);
        assertEquals(2, survivors.availablePermits());
    }

    @Test
    void aReleaseWaitsForNobody() {
        int pauses = new CrashEnumeration<>(
                        () -> {
                            World world = new World(true);
                            assertTrue(world.survivors.tryAcquire(PERMITS));
                            return world;
                        },
                        (world, point) -> {
                            SemaphoreCore semaphore = SyncWorld.semaphore(world.join(point));
                            if (acquire(semaphore, 1, 4_000_000)) {
                                semaphore.release(1);
                            }
                        })
                .pause(
                        world -> {
                            var released = Threads.run(() -> world.survivors.release(1));
                            assertDoesNotThrow(released::get);
                            assertTrue(world.survivors.tryAcquire(1));
                        },
                        world -> {
                            world.survivors.release(PERMITS);
                            world.survive(PERMITS);
                        });
        assertTrue(pauses > 4, "only " + pauses);
    }

    @Test
    void aRecountInMidOperationLosesNothing() {
        int pauses = enumeration(false, SemaphoreCrashTest::takeAndGive)
                .pause(
                        world -> {
                            CrashParty stopped = world.victim;
                            SemaphoreCore dying = SyncWorld.semaphore(world.join(CrashPoint.never()));
                            dying.tryAcquire(1);
                            world.victim.point().kill();
                            world.survivor.participant().isDeadByWitnesses(world.victim.id());
                            assertTrue(world.survivors.availablePermits() <= PERMITS);
                            if (world.survivors.tryAcquire(1)) {
                                world.survivors.release(1);
                            }
                            world.victim = stopped;
                        },
                        world -> world.survive(PERMITS));
        assertTrue(pauses > 8, "only " + pauses);
    }

    @Test
    void aRecountInMidReleaseOfWhatWasNotHeldLosesNothing() {
        enumeration(false, (world, semaphore) -> semaphore.release(2))
                .pause(
                        world -> {
                            CrashParty stopped = world.victim;
                            SyncWorld.semaphore(world.join(CrashPoint.never())).tryAcquire(1);
                            world.victim.point().kill();
                            world.survivor.participant().isDeadByWitnesses(world.victim.id());
                            assertTrue(world.survivors.availablePermits() >= PERMITS - 1);
                            world.victim = stopped;
                        },
                        world -> world.survive(PERMITS + 2));
    }

    @Test
    void whoReleasesTooMuchAtTheSameTimeAsAnotherIsTold() {
        AtomicInteger told = new AtomicInteger();
        new CrashEnumeration<>(() -> new World(2, 3, false), (world, point) -> {
                    SemaphoreCore semaphore = SyncWorld.semaphore(world.join(point));
                    try {
                        semaphore.release(1);
                    } catch (IllegalStateException e) {
                        told.incrementAndGet();
                    }
                })
                .pause(
                        world -> {
                            if (world.survivors.availablePermits() == 2) {
                                world.survivors.release(1);
                            }
                        },
                        world -> {
                            assertEquals(3, world.survivors.availablePermits());
                            assertEquals(3, world.world.shared().getLongVolatile(16 + SemaphoreLayout.TOTAL));
                        });
        assertTrue(told.get() > 0, "told " + told);
    }

    @Test
    void whoOnlyTriesFindsTheDeadThatNobodyAnnounces() {
        World world = new World(false);
        assertTrue(SyncWorld.semaphore(world.join(CrashPoint.never())).tryAcquire(PERMITS));
        world.victim.point().kill();
        Threads.until("a try gets what the dead held", () -> world.survivors.tryAcquire(PERMITS));
    }

    @Test
    void closingDoesNotWaitForWhoIsStoppedInside() {
        AtomicInteger told = new AtomicInteger();
        int pauses = new CrashEnumeration<>(
                        () -> {
                            World world = new World(true);
                            assertTrue(world.survivors.tryAcquire(PERMITS));
                            return world;
                        },
                        (world, point) -> {
                            SemaphoreCore semaphore = SyncWorld.semaphore(world.join(point));
                            try {
                                assertFalse(acquire(semaphore, 1, 4_000_000));
                            } catch (ClosedObjectException e) {
                                told.incrementAndGet();
                            }
                        })
                .pauseTogether(
                        world -> {
                            SemaphoreCore waiter = SyncWorld.semaphore(CrashParty.join(world.world));
                            var waiting = Threads.run(() -> waiter.acquire(1, Deadline.never(), true));
                            world.survivors.retire();
                            assertThrows(ClosedObjectException.class, waiting::get);
                            assertThrows(ClosedObjectException.class, () -> waiter.release(1));
                        },
                        world -> {});
        assertTrue(pauses > 4, "only " + pauses);
        assertTrue(told.get() > 1, "told " + told);
    }
}
