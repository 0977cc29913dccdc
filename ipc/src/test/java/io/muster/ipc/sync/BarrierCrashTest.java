package io.muster.ipc.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.muster.ipc.memory.CrashEnumeration;
import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.memory.Died;
import io.muster.ipc.wait.Deadline;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** A party dies at each step: those who wait for it learn it, those who have passed have passed. */
class BarrierCrashTest {

    /** A barrier for two, and a survivor that has one of the places. */
    private static final class World extends SyncWorld {
        final BarrierCore survivors = newBarrier(2);
        Threads.Running<Integer> waiting;
        boolean joined;
        boolean passed;

        World() {
            survivors.lease().retain();
        }

        World withOneWaiting() {
            waiting = Threads.call(() -> awaitAt(survivors));
            Threads.until("the survivor waits", () -> survivors.waiting() == 1);
            return this;
        }

        BarrierCore victims(CrashPoint point) {
            BarrierCore barrier = barrier(join(point));
            barrier.lease().retain();
            joined = true;
            return barrier;
        }

        /** Whatever happened: the dead break it, and after a reset two of the living pass. */
        void survive() throws Exception {
            if (victim.point().isDead() && joined) {
                assertThrows(BrokenBarrierException.class, () -> awaitAt(survivors));
                assertTrue(survivors.isBroken());
                assertThrows(BrokenBarrierException.class, () -> awaitAt(survivors));
            }
            survivors.reset();
            assertFalse(survivors.isBroken());
            BarrierCore other = barrier(join(CrashPoint.never()));
            other.lease().retain();
            var first = Threads.call(() -> awaitAt(survivors));
            Threads.until("one waits", () -> other.waiting() == 1);
            assertEquals(0, awaitAt(other));
            assertEquals(1, first.get());
            other.lease().release();
        }
    }

    private static int awaitAt(BarrierCore barrier) throws Exception {
        return barrier.await(null, Deadline.afterNanos(SyncWorld.LIMIT_NANOS));
    }

    private static void passLast(World world, CrashPoint point, Runnable action) {
        try {
            BarrierCore barrier = world.victims(point);
            barrier.await(action, Deadline.afterNanos(SyncWorld.LIMIT_NANOS));
            world.passed = true;
            barrier.lease().release();
        } catch (Died died) {
            throw died;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A party of which nobody has ever heard is not missed: then the survivor needs another. */
    private static void endWaiting(World world) throws Exception {
        if (world.waiting == null) {
            return;
        }
        if (!world.joined) {
            world.survivors.abort();
        }
        try {
            assertEquals(1, world.waiting.get());
        } catch (BrokenBarrierException e) {
            assertFalse(world.passed, "told that it is broken after another had passed");
        }
    }

    private static void check(World world) {
        try {
            endWaiting(world);
            // Its word may stand although its death came before it was told so.
            world.joined |= world.victim.point().isDead()
                    && world.survivor.participant().isDeadByWitnesses(world.victim.id())
                    && world.survivors.isBroken();
            world.survive();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theLastToComeMayDieAnywhere() {
        int deaths = new CrashEnumeration<>(
                        () -> new World().withOneWaiting(), (world, point) -> passLast(world, point, null))
                .die(BarrierCrashTest::check);
        assertTrue(deaths > 6 * 8, "only " + deaths);
    }

    @Test
    void whoRunsTheActionMayDieAnywhere() {
        int deaths = new CrashEnumeration<>(
                        () -> new World().withOneWaiting(), (world, point) -> passLast(world, point, () -> {}))
                .die(BarrierCrashTest::check);
        assertTrue(deaths > 6 * 12, "only " + deaths);
    }

    private static void waitInVain(BarrierCore barrier) {
        try {
            barrier.await(null, Deadline.afterNanos(3_000_000));
            fail("passed alone");
        } catch (TimeoutException expected) {
            assertTrue(barrier.isBroken());
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoWaitsMayDieAnywhere() {
        int deaths = new CrashEnumeration<>(World::new, (world, point) -> {
                    BarrierCore barrier = world.victims(point);
                    waitInVain(barrier);
                    barrier.lease().release();
                })
                .die(BarrierCrashTest::check);
        assertTrue(deaths > 6 * 8, "only " + deaths);
    }

    @Test
    void whoBreaksOrResetsItMayDieAnywhere() {
        new CrashEnumeration<>(World::new, (world, point) -> {
                    BarrierCore barrier = world.victims(point);
                    barrier.abort();
                    barrier.reset();
                    barrier.lease().release();
                })
                .die(BarrierCrashTest::check);
    }

    @Test
    void whoHasClosedItsHandleIsNotMissed() throws Exception {
        World world = new World();
        BarrierCore victims = world.victims(CrashPoint.never());
        victims.lease().release();
        world.victim.point().kill();
        assertTrue(world.survivor.participant().isDeadByWitnesses(world.victim.id()));
        assertFalse(world.survivors.isBroken());
        world.joined = false;
        world.survive();
    }

    @Test
    void theSlotOfADeadPartyMayBeTakenAndItIsMissedAllTheSame() {
        World world = new World();
        world.victims(CrashPoint.never());
        long dead = world.victim.id();
        world.victim.point().kill();
        assertTrue(world.survivor.participant().isDeadByWitnesses(dead));
        world.victims(CrashPoint.never());
        assertEquals(dead & 0xFFF, world.victim.id() & 0xFFF, "the slot was not taken again");
        assertTrue(world.survivors.isBroken());
    }

    @Test
    void whoIsStoppedIsWaitedFor() {
        new CrashEnumeration<>(() -> new World().withOneWaiting(), (world, point) -> passLast(world, point, null))
                .pause(
                        world -> assertFalse(world.victim.point().isDead()
                                || world.survivor.participant().isDeadByWitnesses(world.victim.id())),
                        world -> {
                            try {
                                assertEquals(1, world.waiting.get());
                                assertFalse(world.survivors.isBroken());
                            } catch (Exception e) {
                                throw new AssertionError(e);
                            }
                        });
    }
}
