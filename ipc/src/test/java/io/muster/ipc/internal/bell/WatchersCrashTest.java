package io.muster.ipc.internal.bell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.CrashEnumeration;
import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.wait.Deadline;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Arming, ringing and disarming: a party dies or stops at each step; nobody who lives misses anything or loses its room. */
class WatchersCrashTest {
    private static final class World {
        final BellWorld world = new BellWorld();
        final BellWorld.Party survivor = world.join();
        final Bell bell = survivor.bell();

        World() {
            assertTrue(survivor.watchers.arm(bell.line(0)));
        }

        /** What a survivor can rely on, whatever became of the others. */
        void check() {
            try {
                assertTrue(survivor.isReady() || !survivor.await(bell, Deadline.afterNanos(0)));
                survivor.unmakeReady();
                bell.drain(line -> {});
                BellWorld.Party other = world.join();
                other.makeReady();
                assertTrue(bell.isRung(), "no ring came");
                bell.drain(line -> assertEquals(0, line));
                survivor.watchers.disarm(bell.line(0));
                // All seven are there for the living.
                for (int line = 1; line <= Watchers.MOST; line++) {
                    assertTrue(survivor.watchers.arm(bell.line(line)), "the dead take room");
                }
                assertFalse(survivor.watchers.arm(bell.line(8)));
                other.makeReady();
                List<Integer> rung = new ArrayList<>();
                bell.drain(rung::add);
                assertEquals(List.of(1, 2, 3, 4, 5, 6, 7), rung);
                for (int line = 1; line <= Watchers.MOST; line++) {
                    survivor.watchers.disarm(bell.line(line));
                }
                other.makeReady();
                assertFalse(bell.isRung());
                assertFalse(survivor.watchers.isWatched(), "a ring that finds nobody says so");
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        void checkAfterDeath() {
            world.world.announceDeaths();
            check();
        }
    }

    private static void watchAndGo(World world, CrashPoint point) {
        try {
            BellWorld.Party party = world.world.join(point);
            Bell bell = party.bell();
            party.watchers.arm(bell.line(0));
            party.await(bell, Deadline.afterNanos(1_000_000));
            party.watchers.disarm(bell.line(0));
            bell.close();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void ringTwice(World world, CrashPoint point) {
        BellWorld.Party party = world.world.join(point);
        party.makeReady();
        party.unmakeReady();
        party.makeReady();
    }

    @Test
    void whoWatchesMayDieAnywhere() {
        int deaths = new CrashEnumeration<>(World::new, WatchersCrashTest::watchAndGo).die(World::checkAfterDeath);
        assertTrue(deaths >= 6 * 6, "only " + deaths);
    }

    @Test
    void whoWatchesMayStopAnywhere() {
        int stops = new CrashEnumeration<>(World::new, WatchersCrashTest::watchAndGo)
                .pause(world -> world.world.join().makeReady(), world -> {
                    world.survivor.unmakeReady();
                    world.check();
                });
        assertTrue(stops >= 6, "only " + stops);
    }

    @Test
    void whoRingsMayDieAnywhere() {
        int deaths = new CrashEnumeration<>(World::new, WatchersCrashTest::ringTwice).die(World::checkAfterDeath);
        assertTrue(deaths >= 6 * 4, "only " + deaths);
    }

    @Test
    void whoClearsTheDeadAwayMayDieToo() {
        new CrashEnumeration<>(World::new, WatchersCrashTest::watchAndGo)
                .dieTwice(
                        (world, point) -> {
                            world.world.world.announceDeaths();
                            ringTwice(world, point);
                        },
                        World::checkAfterDeath);
    }

    /** It stops between its look at who watches and what it makes of that, while another arms. */
    @Test
    void whoArmsWhileARingStandsStillMissesNothing() {
        int stops = new CrashEnumeration<>(BellWorld::new, (world, point) -> {
                    BellWorld.Party ringer = world.join(point);
                    Bell left = world.join().bell();
                    world.join().watchers.arm(left.line(0));
                    world.join().watchers.disarm(left.line(0));
                    ringer.makeReady();
                    ringer.unmakeReady();
                })
                .pause(
                        world -> {
                            world.late = world.join();
                            world.lateBell = world.late.bell();
                            assertTrue(world.late.watchers.arm(world.lateBell.line(0)));
                        },
                        world -> {
                            if (world.late == null) {
                                return;
                            }
                            world.lateBell.drain(line -> {});
                            world.late.unmakeReady();
                            world.join().makeReady();
                            assertTrue(world.lateBell.isRung(), "armed, and not told");
                        });
        assertTrue(stops >= 3, "only " + stops);
    }

    @Test
    void aRingThatDiedOnItsWayIsMadeGoodByTheDeath() {
        new CrashEnumeration<>(World::new, WatchersCrashTest::ringTwice).die(world -> {
            try {
                world.world.world.announceDeaths();
                boolean ready = world.survivor.isReady();
                assertEquals(
                        ready,
                        world.survivor.await(world.bell, Deadline.afterNanos(ready ? BellWorld.LIMIT_NANOS : 0)));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }
}
