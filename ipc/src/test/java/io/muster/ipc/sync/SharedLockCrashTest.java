package io.muster.ipc.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CrashEnumeration;
import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.memory.PartyId;
import io.muster.ipc.sync.LockWorld.Member;
import io.muster.ipc.wait.Deadline;
import org.junit.jupiter.api.Test;

/** Owners of locks and binary semaphores die at each of their steps; the living go on, and are told. */
class SharedLockCrashTest {
    private static final class World {
        final LockWorld locks = new LockWorld();
        final Member survivor = locks.maker;
        Member victim;
        long told;

        Member join(CrashPoint point) {
            victim = locks.join(point);
            return victim;
        }

        void note(long token) {
            assertTrue(token > told, "token " + token + " after " + told);
            told = token;
        }

        void useLock(CrashPoint point) {
            LockCore lock = join(point).lock();
            lock.lock();
            lock.lock();
            note(lock.token());
            lock.unlock();
            lock.unlock();
        }

        void surviveLock() {
            LockCore lock = survivor.lock();
            boolean held = lock.lock.owner() != PartyId.NOBODY;
            lock.lock();
            assertEquals(held, lock.abandonedOwner().isPresent(), "whether it is told");
            note(lock.token());
            lock.unlock();
            assertTrue(lock.tryLock());
            assertFalse(lock.abandonedOwner().isPresent(), "unlocked in order, and still abandoned");
            lock.unlock();
            assertFalse(lock.isLocked());
        }

        void useSemaphore(CrashPoint point) {
            BinarySemaphoreCore semaphore = join(point).semaphore();
            semaphore.acquire();
            note(semaphore.token());
            semaphore.release();
        }

        void surviveSemaphore() {
            BinarySemaphoreCore semaphore = survivor.semaphore();
            boolean held = semaphore.isLocked();
            semaphore.acquire();
            assertEquals(held, semaphore.abandonedOwner().isPresent(), "whether it is told");
            note(semaphore.token());
            semaphore.release();
            assertTrue(semaphore.tryAcquire());
            assertFalse(semaphore.abandonedOwner().isPresent());
            semaphore.release();
        }
    }

    @Test
    void anOwnerMayDieAnywhere() {
        int deaths = new CrashEnumeration<>(World::new, World::useLock).die(World::surviveLock);
        assertTrue(deaths >= 10, "only " + deaths);
    }

    @Test
    void whoTakesOverMayDieToo() {
        int deaths = new CrashEnumeration<>(World::new, World::useLock).dieTwice(World::useLock, World::surviveLock);
        assertTrue(deaths >= 20, "only " + deaths);
    }

    @Test
    void whoPassesItOnAsAbandonedMayDie() {
        new CrashEnumeration<>(World::new, (world, point) -> {
                    LockCore lock = world.join(point).lock();
                    lock.lock();
                    lock.unlockAbandoned();
                })
                .die(world -> {
                    LockCore lock = world.survivor.lock();
                    boolean untouched = lock.lock.owner() == PartyId.NOBODY && lock.lock.token() == 0;
                    lock.lock();
                    assertEquals(untouched, lock.abandonedOwner().isEmpty());
                    lock.unlock();
                });
    }

    @Test
    void anOwnerThatStopsIsNotRobbed() {
        new CrashEnumeration<>(World::new, World::useLock)
                .pause(
                        world -> {
                            if (world.survivor.lock().lock.owner() == world.victim.id()) {
                                assertFalse(world.survivor.lock().tryLock());
                            } else {
                                world.surviveLock();
                            }
                        },
                        World::surviveLock);
    }

    @Test
    void aHolderOfASemaphoreMayDieAnywhere() {
        CrashEnumeration<World> enumeration = new CrashEnumeration<>(World::new, World::useSemaphore);
        assertTrue(enumeration.die(World::surviveSemaphore) >= 10);
        enumeration.dieTwice(World::useSemaphore, World::surviveSemaphore);
    }

    /** As wait sets do for which there is no room among the watchers; it takes nothing. */
    @Test
    void whoWaitsForASemaphoreIsToldWhereverItsHolderDies() {
        new CrashEnumeration<>(World::new, World::useSemaphore).die(world -> {
            BinarySemaphoreCore semaphore = world.survivor.semaphore();
            long owner = semaphore.lock.owner();
            assertTrue(isReadyInTime(semaphore), "not free");
            assertEquals(owner, semaphore.lock.owner(), "it was taken");
            assertTrue(semaphore.isReady());
            world.surviveSemaphore();
            assertTrue(semaphore.tryAcquire());
            assertFalse(semaphore.isReady(), "held by itself");
            semaphore.release();
        });
    }

    @Test
    void aSemaphoreIsNotReadyWhileItsHolderIsStopped() {
        new CrashEnumeration<>(World::new, World::useSemaphore)
                .pause(
                        world -> {
                            BinarySemaphoreCore semaphore = world.survivor.semaphore();
                            assertEquals(!semaphore.isLocked(), semaphore.isReady());
                        },
                        world -> assertTrue(isReadyInTime(world.survivor.semaphore())));
    }

    private static boolean isReadyInTime(BinarySemaphoreCore semaphore) {
        try {
            return semaphore.awaitReady(Deadline.afterNanos(10_000_000_000L));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoReleasesForAnotherMayDie() {
        new CrashEnumeration<>(
                        () -> {
                            World world = new World();
                            world.survivor.semaphore().acquire();
                            world.note(world.survivor.semaphore().token());
                            return world;
                        },
                        (world, point) -> world.join(point).semaphore().release())
                .die(world -> {
                    if (world.survivor.semaphore().isHeldHere()) {
                        world.survivor.semaphore().release();
                    }
                    world.surviveSemaphore();
                });
    }

    @Test
    void whoClosesItMayDieAndNobodyIsLeftWaiting() {
        new CrashEnumeration<>(
                        () -> {
                            World world = new World();
                            world.survivor.lock().lock();
                            return world;
                        },
                        (world, point) -> world.join(point).lock().retire())
                .die(world -> {
                    boolean open = world.survivor.lock().isOpen();
                    world.survivor.lock().unlock();
                    if (open) {
                        world.surviveLock();
                    } else {
                        assertThrows(ClosedObjectException.class, world.survivor.lock()::lock);
                    }
                });
    }

    @Test
    void whatWasClosedDoesNotTouchTheNextObjectInItsCell() {
        LockWorld world = new LockWorld();
        LockWorld.Member late = world.join();
        world.maker.lock().retire();
        world.maker.semaphore().retire();
        LockCore next = world.nextLock();
        next.lock();
        next.unlockAbandoned();
        assertThrows(ClosedObjectException.class, late.lock()::lock);
        assertThrows(ClosedObjectException.class, late.lock()::tryLock);
        assertThrows(ClosedObjectException.class, () -> late.lock().lock(Deadline.afterNanos(1)));
        assertTrue(next.tryLock());
        assertTrue(next.abandonedOwner().isPresent(), "somebody took the notice away");
        assertEquals(2, next.token(), "somebody else had it");
        assertThrows(ClosedObjectException.class, () -> late.lock().lock(Deadline.never()));
        assertThrows(ClosedObjectException.class, late.lock()::lock);
    }
}
