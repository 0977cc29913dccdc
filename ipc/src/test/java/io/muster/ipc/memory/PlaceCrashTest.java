package io.muster.ipc.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Everything a party does in a place, cut off at every step, twice, or stopped there. */
class PlaceCrashTest {

    /** What a run needs to remember for its checks. */
    private static final class World {
        final PlaceWorld place = new PlaceWorld();
        final long root = place.root.self();
        FakeKernel.Process childProcess;
        long child;
        long successor;
        int wakeUpsBefore;

        /** A child that has joined, and was killed then. */
        World withDeadChild() {
            child = place.root.reserve("child");
            childProcess = place.kernel.start();
            childProcess.tryLockPlaceShared();
            childProcess.place(place.table).joinReserved(child);
            childProcess.kill();
            wakeUpsBefore = place.kernel.wakeUps();
            return this;
        }

        World withReservation() {
            child = place.root.reserve("child");
            return this;
        }

        World withLivingChild() {
            withReservation();
            childProcess = place.kernel.start();
            childProcess.tryLockPlaceShared();
            childProcess.place(place.table).joinReserved(child);
            return this;
        }

        /** One that runs no more, and has its locks still. */
        World withEndingChild() {
            withLivingChild();
            childProcess.end();
            wakeUpsBefore = place.kernel.wakeUps();
            return this;
        }

        void replaceEndingChild() {
            childProcess.loseLocks();
            assertEquals(Judgement.DEAD, place.root.judge(child));
            successor = place.join(place.kernel.start()).self();
            assertEquals(PartyId.slot(child), PartyId.slot(successor));
        }

        void assertAnnounced() {
            place.assertPublishedDead(child);
            assertTrue(place.kernel.wakeUps() > wakeUpsBefore, "nobody was woken");
        }
    }

    private static final BiConsumer<World, CrashPoint> JOIN = (world, point) -> {
        FakeKernel.Process process = world.place.kernel.start(point);
        process.tryLockPlaceShared();
        process.place(world.place.table).join("victim");
    };

    private static final BiConsumer<World, CrashPoint> JUDGE = (world, point) -> {
        Place place = judgePlace(world, point);
        assertEquals(Judgement.DEAD, place.judge(world.child));
        assertEquals(Judgement.DEAD, place.judge(world.child), "asked again");
    };

    /** A view of the place for judging only: its party id is nobody's, as it has not joined. */
    private static Place judgePlace(World world, CrashPoint point) {
        return world.place.kernel.start(point).place(world.place.table);
    }

    @Test
    void joinKilledAnywhereLeavesASlotThatOthersCanTake() {
        int deaths = new CrashEnumeration<>(World::new, JOIN.andThen((world, point) -> point.kill()))
                .die(world -> world.place.assertSound(world.root));
        assertTrue(deaths >= 6 * 4, "deaths tried: " + deaths);
    }

    @Test
    void joinIntoTheSlotOfADeadPartyKilledAnywhereTellsEverybodyOfThatDeath() {
        new CrashEnumeration<>(() -> fill(new World().withDeadChild()), JOIN.andThen((world, point) -> point.kill()))
                .die(world -> {
                    judgePlace(world, CrashPoint.never()).judge(world.child);
                    world.assertAnnounced();
                });
    }

    /** Leaves the dead child's slot as the only one that can be taken. */
    private static World fill(World world) {
        for (int i = 2; i < PlaceWorld.CAPACITY; i++) {
            world.place.root.reserve("sibling");
        }
        return world;
    }

    @Test
    void takingTheSameDeadSlotTwiceAndDyingBothTimesStillLeavesItFree() {
        int deaths = new CrashEnumeration<>(
                        () -> new World().withDeadChild(), JOIN.andThen((world, point) -> point.kill()))
                .dieTwice(JOIN.andThen((world, point) -> point.kill()), world -> world.place.assertSound(world.root));
        assertTrue(deaths >= 3 * 9, "deaths tried: " + deaths);
    }

    @Test
    void reserverKilledAnywhereLeavesAReservationThatIsDead() {
        BiConsumer<World, CrashPoint> reserve = (world, point) -> {
            FakeKernel.Process process = world.place.kernel.start(point);
            process.tryLockPlaceShared();
            Place place = process.place(world.place.table);
            place.join("parent");
            world.child = place.reserve("grandchild");
            point.kill();
        };
        new CrashEnumeration<>(World::new, reserve).die(world -> {
            if (world.child != 0) {
                assertEquals(Judgement.DEAD, world.place.root.judge(world.child));
                world.place.assertPublishedDead(world.child);
            }
            world.place.assertSound(world.root);
        });
    }

    @Test
    void childKilledAnywhereInJoiningIsDeadOnceItsParentHasReapedIt() {
        BiConsumer<World, CrashPoint> join = (world, point) -> {
            FakeKernel.Process process = world.place.kernel.start(point);
            process.tryLockPlaceShared();
            process.place(world.place.table).joinReserved(world.child);
            point.kill();
        };
        new CrashEnumeration<>(() -> new World().withReservation(), join).die(world -> {
            assertEquals(Judgement.DEAD, world.place.root.reaped(world.child));
            world.assertAnnounced();
            world.place.assertSound(world.root);
        });
    }

    @Test
    void childKilledAfterJoiningIsFoundDeadByAnybody() {
        World world = new World().withDeadChild();
        assertEquals(Judgement.DEAD, judgePlace(world, CrashPoint.never()).judge(world.child));
        world.assertAnnounced();
        assertEquals(1, world.place.root.deaths());
    }

    @Test
    void judgeKilledAnywhereLeavesOneDeathThatSomebodyIsWokenFor() {
        new CrashEnumeration<>(() -> new World().withDeadChild(), JUDGE).die(world -> {
            assertEquals(Judgement.DEAD, world.place.root.judge(world.child));
            world.assertAnnounced();
            world.place.assertSound(world.root);
        });
    }

    @Test
    void twoJudgesKilledAnywhereLeaveOneDeathThatSomebodyIsWokenFor() {
        int deaths = new CrashEnumeration<>(() -> new World().withDeadChild(), JUDGE).dieTwice(JUDGE, world -> {
            assertEquals(Judgement.DEAD, world.place.root.judge(world.child));
            world.assertAnnounced();
            world.place.assertSound(world.root);
        });
        assertTrue(deaths >= 3 * 9, "deaths tried: " + deaths);
    }

    @Test
    void judgesOfAnEndingPartyKilledAnywhereLeaveOneDeathThatSomebodyIsWokenFor() {
        new CrashEnumeration<>(() -> new World().withEndingChild(), JUDGE).dieTwice(JUDGE, world -> {
            assertEquals(Judgement.DEAD, world.place.root.judge(world.child));
            world.assertAnnounced();
            world.childProcess.loseLocks();
            world.place.assertSound(world.root);
        });
    }

    @Test
    void judgeOfAnEndingPartyThatStopsLetsASuccessorLive() {
        new CrashEnumeration<>(() -> new World().withEndingChild(), JUDGE).pause(World::replaceEndingChild, world -> {
            world.assertAnnounced();
            if (world.successor == 0) {
                world.replaceEndingChild();
            }
            assertEquals(Judgement.ALIVE, world.place.root.judge(world.successor));
            world.place.assertSound(world.root, world.successor);
        });
    }

    @Test
    void reapingParentKilledAnywhereLeavesTheChildToBeFoundDeadByOthers() {
        for (boolean joined : new boolean[] {true, false}) {
            BiConsumer<World, CrashPoint> reap = (world, point) -> {
                FakeKernel.Process process = world.place.kernel.start(point);
                process.tryLockPlaceShared();
                Place parent = process.place(world.place.table);
                parent.join("parent");
                world.child = parent.reserve("child");
                if (joined) {
                    FakeKernel.Process child = world.place.kernel.start();
                    child.tryLockPlaceShared();
                    child.place(world.place.table).joinReserved(world.child);
                    child.kill();
                }
                assertEquals(Judgement.DEAD, parent.reaped(world.child));
                point.kill();
            };
            new CrashEnumeration<>(World::new, reap).die(world -> {
                if (world.child != 0) {
                    assertEquals(Judgement.DEAD, world.place.root.judge(world.child));
                    world.assertAnnounced();
                }
                world.place.assertSound(world.root);
            });
        }
    }

    @Test
    void stoppedJudgeHoldsUpNobodyAndRobsNobody() {
        new CrashEnumeration<>(
                        () -> new World().withLivingChild(),
                        (world, point) -> assertEquals(
                                Judgement.ALIVE, judgePlace(world, point).judge(world.child)))
                .pause(
                        world -> {
                            assertEquals(Judgement.ALIVE, world.place.root.judge(world.child));
                            assertNotEquals(
                                    0,
                                    world.place.join(world.place.kernel.start()).self());
                        },
                        world -> assertEquals(Judgement.ALIVE, world.place.root.judge(world.child)));
    }

    @Test
    void judgeStoppedOverADeadPartyHoldsUpNobodyAndEndsInOneSentence() {
        new CrashEnumeration<>(() -> new World().withDeadChild(), JUDGE)
                .pause(
                        world -> {
                            // Its byte may be held by the stopped one: then "alive" for now is the right answer.
                            world.place.root.judge(world.child);
                            world.place.join(world.place.kernel.start());
                        },
                        world -> {
                            world.assertAnnounced();
                            long stateOfSlot = world.place.stateOf(world.child);
                            assertEquals(Judgement.DEAD, world.place.root.judge(world.child));
                            assertEquals(stateOfSlot, world.place.stateOf(world.child), "nothing changes any more");
                        });
    }

    @Test
    void judgeThatWakesUpOverASuccessorInTheSlotSaysWhatIsTrueOfTheOneAskedFor() {
        new CrashEnumeration<>(() -> new World().withDeadChild(), JUDGE)
                .pause(
                        world -> {
                            world.place.root.judge(world.child);
                            for (int i = 2; i < PlaceWorld.CAPACITY; i++) {
                                world.place.root.reserve("successor");
                            }
                        },
                        World::assertAnnounced);
    }

    @Test
    void stoppedJoinerHoldsUpNobodyAndNeverSharesItsSlot() {
        long[] ids = new long[2];
        new CrashEnumeration<>(World::new, (World world, CrashPoint point) -> {
                    FakeKernel.Process process = world.place.kernel.start(point);
                    process.tryLockPlaceShared();
                    ids[0] = process.place(world.place.table).join("stopped");
                })
                .pause(
                        world -> ids[1] =
                                world.place.join(world.place.kernel.start()).self(),
                        world -> {
                            assertNotEquals(PartyId.slot(ids[0]), PartyId.slot(ids[1]));
                            assertEquals(Judgement.ALIVE, world.place.root.judge(ids[0]));
                        });
    }

    @Test
    void childStoppedWhileItJoinsIsAliveToEverybody() {
        new CrashEnumeration<>(() -> new World().withReservation(), (World world, CrashPoint point) -> {
                    FakeKernel.Process process = world.place.kernel.start(point);
                    process.tryLockPlaceShared();
                    process.place(world.place.table).joinReserved(world.child);
                })
                .pause(
                        world -> assertEquals(
                                Judgement.ALIVE,
                                judgePlace(world, CrashPoint.never()).judge(world.child)),
                        world -> world.place.assertSound(world.root, world.child));
    }

    @Test
    void plainStoresAfterAPublishAreNotPartOfIt() {
        // The enumeration itself must be able to fail: publish first, fill in later, and a death in between shows.
        BiConsumer<World, CrashPoint> wrongOrder = (world, point) -> {
            Memory mine = new CrashingMemory(world.place.table, point);
            mine.putLongVolatile(PlaceLayout.slot(3), PlaceLayout.stateWord(PlaceLayout.LIVE, 1));
            mine.putLong(PlaceLayout.slot(3) + PlaceLayout.PID, 7);
            mine.getAndAddInt(PlaceLayout.JOINS, 1);
        };
        boolean[] seenHalf = new boolean[1];
        new CrashEnumeration<>(World::new, wrongOrder).die(world -> {
            boolean live = world.place.table.getLong(PlaceLayout.slot(3)) != 0;
            seenHalf[0] |= live && world.place.table.getLong(PlaceLayout.slot(3) + PlaceLayout.PID) != 7;
        });
        assertTrue(seenHalf[0]);
    }
}
