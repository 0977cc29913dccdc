package io.muster.ipc.wait;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.CrashEnumeration;
import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.memory.CrashingMemory;
import io.muster.ipc.memory.Memory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** A waker and a sleeper die at each of their steps; whoever else waits must not notice more than a broadcast. */
class WaitCrashTest {

    /** A survivor sleeps, without slices, and takes one item; another party comes, to die. */
    private static final class World {
        final Memory memory = Memory.wrap(ByteBuffer.allocateDirect(TestPlace.BYTES));
        final WatchedParking parking = new WatchedParking(Parking.configured(), true);
        final TestPlace survivors = new TestPlace(memory, parking);
        final Thread survivor = thread(() -> Waiter.builder()
                .strategy(WaitStrategy.BLOCKING)
                .build()
                .awaitUninterruptibly(survivors.word, survivors::takeItem, survivors::hasItems, Deadline.never()));

        World() {
            survivor.start();
            Eventually.until("survivor asleep", () -> parking.asleep.get() == 1 && survivors.word.hasSleepers());
        }

        TestPlace partyThatDiesAt(CrashPoint point) {
            return new TestPlace(new CrashingMemory(memory, point), new CrashingParking(point));
        }

        /** The futex calls of a party that dies: its memory has no address, so they are made on the shared word. */
        private final class CrashingParking implements Parking {
            private final CrashPoint point;

            CrashingParking(CrashPoint point) {
                this.point = point;
            }

            @Override
            public Outcome park(WaitWord word, int armed, int deaths, long nanos, boolean interruptible) {
                point.before("futex wait");
                return parking.park(survivors.word, armed, deaths, nanos, interruptible);
            }

            @Override
            public boolean wake(WaitWord word, int count) {
                point.before("futex wake");
                return parking.wake(survivors.word, count);
            }

            @Override
            public long maxSliceNanos() {
                return parking.maxSliceNanos();
            }
        }
    }

    private static Thread thread(Runnable body) {
        Thread thread = new Thread(body);
        thread.setDaemon(true);
        return thread;
    }

    @Test
    void aWakerMayDieAnywhere() {
        int deaths = new CrashEnumeration<>(World::new, (world, point) -> {
                    TestPlace waker = world.partyThatDiesAt(point);
                    waker.addItems(1);
                    waker.word.wakeAfterCas(1);
                })
                .die(world -> {
                    world.survivors.broadcastDeath();
                    // Killed before it published, it has given nothing: somebody else does.
                    world.survivors.addItems(1);
                    world.survivors.word.wake(1);
                    Eventually.joined(world.survivor);
                    assertTrue(world.survivors.items() <= 1);
                });
        assertTrue(deaths >= 3, "tried only " + deaths);
    }

    @Test
    void aPublishedItemNeedsNoOtherWakerThanTheBroadcast() {
        new CrashEnumeration<>(World::new, (world, point) -> {
                    world.survivors.addItems(1);
                    world.partyThatDiesAt(point).word.wakeAfterCas(1);
                })
                .die(world -> {
                    world.survivors.broadcastDeath();
                    Eventually.joined(world.survivor);
                    assertEquals(0, world.survivors.items());
                });
    }

    @Test
    void whereNoDeathIsBroadcastARepairerMayRing() {
        new CrashEnumeration<>(World::new, (world, point) -> {
                    world.survivors.addItems(1);
                    world.partyThatDiesAt(point).word.wakeAfterCas(1);
                })
                .die(world -> {
                    world.survivors.word.wakeAllAnyway();
                    Eventually.joined(world.survivor);
                    assertEquals(0, world.survivors.items());
                });
    }

    @Test
    void aSleeperMayDieAnywhereWithTheWakeUpItGot() {
        int deaths = new CrashEnumeration<>(World::new, WaitCrashTest::sleepBesideTheSurvivor).die(world -> {
            world.survivors.broadcastDeath();
            Eventually.joined(world.survivor);
        });
        assertTrue(deaths >= 3, "tried only " + deaths);
    }

    @Test
    void aSleeperMayStopAnywhere() {
        int pauses = new CrashEnumeration<>(World::new, WaitCrashTest::sleepBesideTheSurvivor)
                .pause(world -> {}, world -> Eventually.joined(world.survivor));
        // To sleep and to take; whether it must also arm the word and pass on depends on who wakes first.
        assertTrue(pauses >= 2, "tried only " + pauses);
    }

    private static void sleepBesideTheSurvivor(World world, CrashPoint point) {
        Thread signaller = thread(() -> {
            Eventually.until("asleep or dead", () -> world.parking.asleep.get() == 2 || point.isDead());
            world.survivors.addItems(1);
            world.survivors.word.wake(1);
            world.survivors.addItems(1);
            world.survivors.word.wake(1);
        });
        signaller.start();
        try {
            TestPlace party = world.partyThatDiesAt(point);
            Waiter.builder()
                    .strategy(WaitStrategy.BLOCKING)
                    .build()
                    .awaitUninterruptibly(party.word, party::takeItem, party::hasItems, Deadline.never());
        } finally {
            Eventually.joined(signaller);
        }
    }
}
