package io.muster.ipc.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.CrashEnumeration;
import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.wait.Deadline;
import org.junit.jupiter.api.Test;

/** Events, signals and latches, whose truth is one word: a party dies at each step of each operation. */
class SimpleCrashTest {
    private static final long BRIEF_NANOS = 3_000_000;

    private static final class EventWorld extends SyncWorld {
        final EventCore survivors = newEvent();
        final Threads.Running<Boolean> waiting =
                Threads.call(() -> survivors.await(Deadline.afterNanos(LIMIT_NANOS), true));
    }

    @Test
    void whoSetsAnEventMayDieAnywhere() {
        int deaths = new CrashEnumeration<>(EventWorld::new, (world, point) -> {
                    EventCore event = SyncWorld.event(world.join(point));
                    event.set();
                    event.clear();
                    event.set();
                })
                .die(world -> {
                    try {
                        if (!world.survivors.isSet()) {
                            world.survivors.set();
                        }
                        assertTrue(world.waiting.get());
                        world.survivors.clear();
                        assertFalse(world.survivors.isSet());
                        assertFalse(world.survivors.await(Deadline.afterNanos(0), true));
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
        assertTrue(deaths >= 6 * 3, "only " + deaths);
    }

    @Test
    void whoWaitsForAnEventMayDieAnywhere() {
        new CrashEnumeration<>(EventWorld::new, (world, point) -> {
                    try {
                        EventCore event = SyncWorld.event(world.join(point));
                        assertFalse(event.await(Deadline.afterNanos(BRIEF_NANOS), true));
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                })
                .die(world -> {
                    try {
                        world.survivors.set();
                        assertTrue(world.waiting.get());
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
    }

    private static final class SignalWorld extends SyncWorld {
        final SignalCore survivors = newSignal();
    }

    @Test
    void aPostIsCountedOrNotAndATakenOneIsGone() {
        int deaths = new CrashEnumeration<>(SignalWorld::new, (world, point) -> {
                    SignalCore signal = SyncWorld.signal(world.join(point));
                    signal.post(3);
                    assertTrue(signal.tryTake());
                })
                .die(world -> {
                    long count = world.survivors.count();
                    assertTrue(count == 0 || count == 3 || count == 2, "count " + count);
                    assertTrue(world.victim.point().isDead() || count == 2);
                    for (long i = 0; i < count; i++) {
                        assertTrue(world.survivors.tryTake());
                    }
                    assertFalse(world.survivors.tryTake());
                });
        assertTrue(deaths >= 6 * 2, "only " + deaths);
    }

    @Test
    void whoWaitsForASignalMayDieAnywhere() {
        new CrashEnumeration<>(SignalWorld::new, (world, point) -> {
                    try {
                        SignalCore signal = SyncWorld.signal(world.join(point));
                        assertFalse(signal.await(Deadline.afterNanos(BRIEF_NANOS), true));
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                })
                .die(world -> {
                    world.survivors.post(1);
                    assertEquals(1, world.survivors.count());
                    assertTrue(SyncWorld.signal(world.join(CrashPoint.never())).tryTake());
                });
    }

    private static final class LatchWorld extends SyncWorld {
        final LatchCore survivors = newLatch(2);
    }

    @Test
    void aCountIsCountedOrNot() {
        int deaths = new CrashEnumeration<>(LatchWorld::new, (world, point) -> {
                    LatchCore latch = SyncWorld.latch(world.join(point));
                    latch.countDown();
                    latch.countDown();
                    latch.countDown();
                })
                .die(world -> {
                    try {
                        while (world.survivors.count() > 0) {
                            world.survivors.countDown();
                        }
                        assertTrue(world.survivors.await(Deadline.afterNanos(SyncWorld.LIMIT_NANOS)));
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                });
        assertTrue(deaths >= 6 * 2, "only " + deaths);
    }
}
