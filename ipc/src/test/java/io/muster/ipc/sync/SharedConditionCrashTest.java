package io.muster.ipc.sync;

import static io.muster.ipc.sync.ConditionLayout.FREE;
import static io.muster.ipc.sync.ConditionLayout.NOTIFIED;
import static io.muster.ipc.sync.ConditionLayout.WAITING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.CrashEnumeration;
import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.sync.LockWorld.Member;
import io.muster.ipc.sync.Tasks.Task;
import io.muster.ipc.wait.Deadline;
import org.junit.jupiter.api.Test;

/**
 * Waiters, signallers and those who repair die at each of their steps. What must hold then: as many are let through as
 * were notified, not counting the dead who never consumed it, who are made good to the living.
 */
class SharedConditionCrashTest {

    /** A condition with waiters that are no threads: each has its place, and looks when the test says so. */
    private static final class World {
        final LockWorld locks = new LockWorld();
        final Member survivor = locks.maker;
        Member victim;
        int victims;
        int first;
        int second;

        static World empty() {
            return new World();
        }

        /** The victim waits, then two living ones. */
        static World threeWait() {
            World world = new World();
            world.victim = world.locks.join();
            world.victims = enlist(world.victim);
            world.first = enlist(world.survivor);
            world.second = enlist(world.locks.join());
            return world;
        }

        /** The victim was notified and is dead; the two others wait. */
        static World oneDiedNotified() {
            World world = threeWait();
            world.signal(1);
            world.victim.party().point().kill();
            return world;
        }

        static int enlist(Member member) {
            member.lock().lock();
            int place = member.places().enlist();
            member.lock().unlock();
            return place;
        }

        void signal(int count) {
            survivor.lock().lock();
            assertEquals(count, survivor.condition().signal(count));
            survivor.lock().unlock();
        }

        void repair(CrashPoint point) {
            Member repairer = locks.join(point);
            repairer.lock().lock();
            repairer.places().judgeAll();
            repairer.places().repair();
            repairer.lock().unlock();
        }

        /** What a waiter does when it wakes; returns whether it consumed a notification. */
        static boolean look(Member member, int place) {
            member.lock().lock();
            ConditionPlaces places = member.places();
            places.judgeAll();
            places.repair();
            boolean notified = !places.isWaiting(place);
            if (notified) {
                places.leave(place);
            }
            member.lock().unlock();
            return notified;
        }

        void repairAtLast() {
            survivor.lock().lock();
            survivor.places().judgeAll();
            survivor.places().repair();
            survivor.lock().unlock();
            assertFalse(survivor.places().isRepairWanted());
            for (int place = 0; place < LockWorld.PLACES; place++) {
                int phase = locks.phase(place);
                assertTrue(phase == FREE || phase == WAITING || phase == NOTIFIED, "phase " + phase);
                long party = ConditionLayout.party(locks.state(place));
                assertTrue(phase == FREE || !survivor.party().participant().isDead(party), "a place of the dead");
            }
        }

        int notifiedLiving() {
            return (locks.phase(first) == NOTIFIED ? 1 : 0) + (locks.phase(second) == NOTIFIED ? 1 : 0);
        }

        /** Afterwards it is as good as new. */
        void goesOn() {
            for (int place = 0; place < LockWorld.PLACES; place++) {
                if (locks.phase(place) != FREE) {
                    survivor.lock().lock();
                    survivor.places().leave(place);
                    survivor.lock().unlock();
                }
            }
            assertEquals(0, survivor.condition().waiters());
            int place = enlist(survivor);
            signal(1);
            assertTrue(look(survivor, place));
            survivor.lock().lock();
            assertEquals(0, survivor.condition().signal(9));
            survivor.lock().unlock();
        }
    }

    private static void waitBriefly(World world, CrashPoint point) {
        Member victim = world.locks.join(point);
        world.victim = victim;
        victim.lock().lock();
        try {
            assertFalse(victim.condition().await(Deadline.afterNanos(0), true));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        victim.lock().unlock();
    }

    @Test
    void aWaiterMayDieAnywhere() {
        int deaths = new CrashEnumeration<>(World::empty, SharedConditionCrashTest::waitBriefly).die(world -> {
            world.repairAtLast();
            assertEquals(0, world.survivor.condition().waiters());
            world.goesOn();
        });
        assertTrue(deaths >= 50, "only " + deaths);
    }

    @Test
    void aWaiterMayStopAnywhereAndGoesOn() {
        new CrashEnumeration<>(World::empty, SharedConditionCrashTest::waitBriefly)
                .pause(
                        world -> {
                            if (world.survivor.lock().tryLock()) {
                                world.survivor.places().repair();
                                world.survivor.lock().unlock();
                            }
                        },
                        World::goesOn);
    }

    @Test
    void aNotificationOfOneThatDiesBeforeItReturnsGoesToExactlyOneOther() {
        for (int count = 1; count <= 2; count++) {
            int notified = count;
            int deaths = new CrashEnumeration<>(World::empty, (world, point) -> {
                        world.victim = world.locks.join(point);
                        world.victims = World.enlist(world.victim);
                        world.first = World.enlist(world.survivor);
                        world.second = World.enlist(world.locks.join());
                        world.signal(notified);
                        assertTrue(World.look(world.victim, world.victims));
                    })
                    .die(world -> {
                        if (world.second == 0) {
                            return; // It died before all waited, which is another test's business.
                        }
                        boolean consumed = world.locks.phase(world.victims) == FREE;
                        world.repairAtLast();
                        assertEquals(notified, world.notifiedLiving() + (consumed ? 1 : 0));
                        world.goesOn();
                    });
            assertTrue(deaths > 10, "only " + deaths);
        }
    }

    @Test
    void aNotifiedWaiterThatIsMerelyStoppedKeepsIt() {
        new CrashEnumeration<>(World::empty, (world, point) -> {
                    world.victim = world.locks.join(point);
                    world.victims = World.enlist(world.victim);
                    world.first = World.enlist(world.survivor);
                    world.second = World.enlist(world.locks.join());
                    world.signal(1);
                    assertTrue(World.look(world.victim, world.victims));
                })
                .pause(
                        world -> {
                            if (world.survivor.lock().tryLock()) {
                                world.survivor.places().repair();
                                world.survivor.lock().unlock();
                            }
                        },
                        world -> {
                            assertEquals(WAITING, world.locks.phase(world.first));
                            assertEquals(WAITING, world.locks.phase(world.second));
                        });
    }

    @Test
    void aSignallerMayDieAnywhereAndTheLongestWaitersGoFirst() {
        int deaths = new CrashEnumeration<>(World::threeWait, (world, point) -> {
                    Member signaller = world.locks.join(point);
                    signaller.lock().lock();
                    signaller.condition().signal(2);
                    signaller.lock().unlock();
                })
                .die(world -> {
                    world.repairAtLast();
                    assertEquals(WAITING, world.locks.phase(world.second), "a third one of two");
                    assertTrue(
                            world.locks.phase(world.first) == WAITING || world.locks.phase(world.victims) == NOTIFIED,
                            "the second one without the first");
                    boolean wasNotified = world.locks.phase(world.victims) == NOTIFIED;
                    assertEquals(wasNotified, World.look(world.victim, world.victims));
                    world.goesOn();
                });
        assertTrue(deaths >= 15, "only " + deaths);
    }

    @Test
    void whoPassesANotificationOnMayDieAnywhere() {
        int deaths = new CrashEnumeration<>(World::oneDiedNotified, World::repair).die(world -> {
            world.repairAtLast();
            assertEquals(NOTIFIED, world.locks.phase(world.first));
            assertEquals(WAITING, world.locks.phase(world.second));
            assertTrue(World.look(world.survivor, world.first));
            world.goesOn();
        });
        assertTrue(deaths >= 20, "only " + deaths);
    }

    @Test
    void whoPassesItOnAfterThatMayDieToo() {
        int deaths = new CrashEnumeration<>(World::oneDiedNotified, World::repair).dieTwice(World::repair, world -> {
            world.repairAtLast();
            assertEquals(1, world.notifiedLiving());
            assertEquals(NOTIFIED, world.locks.phase(world.first));
            world.goesOn();
        });
        assertTrue(deaths >= 100, "only " + deaths);
    }

    @Test
    void whoPassesItOnToItselfMayDieAnywhere() {
        int deaths = new CrashEnumeration<>(
                        () -> {
                            World world = new World();
                            Member dead = world.locks.join();
                            World.enlist(dead);
                            world.victim = dead;
                            return world;
                        },
                        (world, point) -> {
                            Member dead = world.victim;
                            Member repairer = world.locks.join(point);
                            world.victims = World.enlist(repairer);
                            world.victim = repairer;
                            world.first = World.enlist(world.survivor);
                            world.second = World.enlist(world.locks.join());
                            world.signal(1);
                            dead.party().point().kill();
                            assertTrue(World.look(repairer, world.victims));
                        })
                .die(world -> {
                    if (world.second == 0) {
                        return; // It died before all waited.
                    }
                    boolean consumed = world.locks.phase(world.victims) == FREE;
                    world.repairAtLast();
                    assertEquals(1, world.notifiedLiving() + (consumed ? 1 : 0));
                    world.goesOn();
                });
        assertTrue(deaths >= 40, "only " + deaths);
    }

    @Test
    void withNobodyElseWaitingTheNotificationIsDropped() throws Exception {
        World world = new World();
        world.victim = world.locks.join();
        World.enlist(world.victim);
        world.signal(1);
        world.victim.party().point().kill();
        Tasks.until("taken", world.survivor.lock()::tryLock);
        assertTrue(world.survivor.party().participant().isDeadByWitnesses(world.victim.id()));
        assertFalse(world.survivor.condition().await(Deadline.afterNanos(0), true), "a signal was stored");
        world.survivor.lock().unlock();
        world.goesOn();
    }

    @Test
    void aThreadThatSleepsFindsTheDeadByItself() throws Exception {
        World world = new World();
        world.victim = world.locks.join();
        World.enlist(world.victim);
        Task<Boolean> waiter = Tasks.ask(() -> {
            world.survivor.lock().lock();
            boolean notified = world.survivor.condition().await(Deadline.never(), true);
            world.survivor.lock().unlock();
            return notified;
        });
        Tasks.until("both wait", () -> world.survivor.condition().waiters() == 2);
        world.signal(1);
        assertFalse(waiter.isDone());
        world.victim.party().point().kill();
        assertTrue(waiter.get(), "nobody announced the death");
    }
}
