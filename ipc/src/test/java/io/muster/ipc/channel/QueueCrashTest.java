package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CrashEnumeration;
import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.sync.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Whoever puts or takes dies at each of its steps: what was put before is delivered once or still there, a killed put is whole or
 * absent, a killed take gives back.
 */
class QueueCrashTest {
    private static final String MIDDLE = "m".repeat(300);
    private static final String LARGE = "l".repeat(70_000);

    /** Decoding it may run code of the user. */
    record Note(int number) {}

    private static final List<Object> START = List.of(1, MIDDLE, new Note(3));

    /** What a party does, and what it has been told that it was given. */
    interface Step {
        void run(QueueHandle<Object> queue, List<Object> given) throws InterruptedException;
    }

    private record Case(List<Object> start, List<Object> puts, int takes, Step step) {}

    private static Case putting(Object... items) {
        return new Case(START, List.of(items), 0, (queue, given) -> {
            for (Object item : items) {
                queue.put(item);
            }
        });
    }

    private static Case taking(Object first, Step step) {
        List<Object> start = new ArrayList<>(START);
        start.add(0, first);
        return new Case(start, List.of(), 1, step);
    }

    private static Map<String, Case> cases() {
        Map<String, Case> cases = new LinkedHashMap<>();
        cases.put("put", putting(7));
        cases.put("put into blocks", putting("p".repeat(200)));
        cases.put("put into a file", putting(LARGE));
        cases.put("two puts", putting(8, 9));
        cases.put(
                "put of a batch",
                new Case(
                        START,
                        List.of(5, "b".repeat(100), 6),
                        0,
                        (queue, given) -> queue.offerAll(List.of(5, "b".repeat(100), 6))));
        cases.put(
                "put of a batch with a file",
                new Case(START, List.of(5, LARGE, 6), 0, (queue, given) -> queue.putAll(List.of(5, LARGE, 6))));
        Step take = (queue, given) -> given.add(queue.take());
        cases.put("take", taking(0, take));
        cases.put("take from blocks", taking("t".repeat(200), take));
        cases.put("take what the user decodes", taking(new Note(0), take));
        cases.put("take from a file", taking(LARGE, take));
        cases.put("poll", taking(0, (queue, given) -> given.add(queue.poll(Duration.ofMillis(1)))));
        cases.put("receive and acknowledge", taking(0, (queue, given) -> {
            Delivery<Object> delivery = queue.receive();
            delivery.ack();
            given.add(delivery.value());
        }));
        cases.put("receive and acknowledge a file", taking(LARGE, (queue, given) -> {
            Delivery<Object> delivery = queue.receive();
            delivery.ack();
            given.add(delivery.value());
        }));
        cases.put("remove", taking("r".repeat(100), (queue, given) -> {
            assertTrue(queue.remove("r".repeat(100)));
            given.add("r".repeat(100));
        }));
        cases.put(
                "receive and give back",
                new Case(START, List.of(), 0, (queue, given) -> queue.receive().nack()));
        cases.put("look", new Case(START, List.of(), 0, (queue, given) -> {
            assertEquals(1, queue.peek());
            assertEquals(START, new ArrayList<>(queue));
        }));
        cases.put("drain", new Case(START, List.of(), 3, (queue, given) -> {
            List<Object> target = new ArrayList<>();
            queue.drainTo(target);
            given.addAll(target);
        }));
        cases.put("put and take", new Case(START, List.of("x"), 1, (queue, given) -> {
            queue.put("x");
            given.add(queue.take());
        }));
        return cases;
    }

    private static final class World {
        final QueueWorld queues = new QueueWorld(QueueStyle.FIFO);
        final Case test;
        final List<Object> given = new ArrayList<>();
        boolean completed;

        World(Case test) {
            this.test = test;
            queues.survivors.addAll(test.start);
        }

        void run(CrashPoint point) {
            try {
                test.step.run(queues.join(point), given);
                completed = true;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        void otherPutsAndTakes(CrashPoint point) {
            queues.world.announceDeaths();
            QueueHandle<Object> other = queues.join(point);
            other.offer("of the second");
            other.remove("of the second");
        }

        void check() {
            queues.world.announceDeaths();
            checkContent(new ArrayList<>(queues.survivors));
            queues.verify();
            checkThatItGoesOn();
        }

        /** In order: what was there, without some of the first ones; then some of the first ones that were put. */
        private void checkContent(List<Object> found) {
            List<Object> all = new ArrayList<>(test.start);
            all.addAll(test.puts);
            int taken = -1;
            for (int takes = completed ? test.takes : 0; takes <= test.takes; takes++) {
                for (int puts = completed ? test.puts.size() : 0; puts <= test.puts.size(); puts++) {
                    if (found.equals(all.subList(takes, test.start.size() + puts))) {
                        taken = takes;
                    }
                }
            }
            assertTrue(taken >= 0, () -> "found " + brief(found));
            assertTrue(given.isEmpty() || taken >= given.size(), () -> "given twice: " + brief(given));
            if (completed) {
                assertEquals(brief(test.start.subList(0, test.takes)), brief(given));
            }
        }

        private void checkThatItGoesOn() {
            List<Object> found = new ArrayList<>(queues.survivors);
            assertTrue(queues.survivors.offer("by the survivor"));
            found.add("by the survivor");
            assertEquals(found, new ArrayList<>(queues.join()));
            assertEquals(found, queues.emptyIt());
            queues.verify();
        }

        private static String brief(List<Object> items) {
            return items.stream()
                    .map(String::valueOf)
                    .map(text -> text.length() > 20 ? text.substring(0, 20) + "..." + text.length() : text)
                    .toList()
                    .toString();
        }
    }

    private static Stream<DynamicTest> each(Consumer<Case> test) {
        return cases().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> test.accept(entry.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> whoUsesItMayDieAnywhere() {
        return each(test -> {
            int deaths = new CrashEnumeration<>(() -> new World(test), World::run).die(World::check);
            assertTrue(deaths >= 6 * 2, "only " + deaths);
        });
    }

    @TestFactory
    Stream<DynamicTest> whoRepairsItMayDieToo() {
        return Stream.of("put", "two puts", "take", "take what the user decodes", "take from a file", "remove")
                .map(name -> DynamicTest.dynamicTest(name, () -> dieTwice(cases().get(name))));
    }

    @Tag("storm")
    @TestFactory
    Stream<DynamicTest> whoRepairsItMayDieTooInEveryCase() {
        return each(QueueCrashTest::dieTwice);
    }

    private static void dieTwice(Case test) {
        int deaths = new CrashEnumeration<>(() -> new World(test), World::run)
                .dieTwice(World::otherPutsAndTakes, world -> {
                    world.queues.world.announceDeaths();
                    world.queues.survivors.remove("of the second");
                    world.check();
                });
        assertTrue(deaths >= 3 * 9, "only " + deaths);
    }

    /** Stopped at any step, it keeps what it has in its hands, and goes on where it was. */
    @TestFactory
    Stream<DynamicTest> whoStopsIsNotRobbed() {
        return each(test -> {
            int[] overtaken = new int[1];
            int stops = new CrashEnumeration<>(() -> new World(test), World::run)
                    .pause(
                            world -> {
                                if (!world.queues.isBeingChanged()) {
                                    assertTrue(world.queues.survivors.offer("meanwhile"));
                                    assertTrue(world.queues.survivors.remove("meanwhile"));
                                    world.queues.verifyOthers();
                                    overtaken[0]++;
                                }
                            },
                            World::check);
            assertTrue(stops >= 2, "only " + stops);
            assertTrue(overtaken[0] >= 1, "only " + overtaken[0]);
        });
    }

    /** Who puts does not need the lock of who takes, and the other way round. */
    @TestFactory
    Stream<DynamicTest> whoStopsHoldsUpItsOwnSideOnly() {
        return Stream.of("put", "put into blocks", "put into a file", "two puts", "take", "take from a file", "poll")
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    int[] went = new int[1];
                    new CrashEnumeration<>(() -> new World(cases().get(name)), World::run)
                            .pause(
                                    world -> {
                                        if (world.queues.isPutting() && name.contains("put")) {
                                            assertEquals(1, world.queues.survivors.poll());
                                            assertEquals(MIDDLE, world.queues.survivors.peek());
                                            went[0]++;
                                        } else if (world.queues.isTaking()) {
                                            assertTrue(world.queues.survivors.offer("meanwhile"));
                                            assertTrue(world.queues.survivors.offer("m".repeat(100)));
                                            went[0]++;
                                        }
                                    },
                                    world -> {
                                        assertTrue(world.completed);
                                        world.queues.verify();
                                        world.queues.emptyIt();
                                    });
                    assertTrue(went[0] >= 2, "only " + went[0]);
                }));
    }

    /** After a death both locks are wanted; where one is not to be had, the other side goes on without for a while. */
    @TestFactory
    Stream<DynamicTest> whoStopsDoesNotHoldUpTheOtherSideAfterADeath() {
        return Stream.of("put", "take")
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    int[] went = new int[1];
                    new CrashEnumeration<>(() -> new World(cases().get(name)), World::run)
                            .pause(
                                    world -> {
                                        boolean putting = world.queues.isPutting();
                                        if (putting || world.queues.isTaking()) {
                                            world.queues
                                                    .world
                                                    .join(CrashPoint.never())
                                                    .point()
                                                    .kill();
                                            world.queues.world.announceDeaths();
                                            for (int i = 0; i < 2; i++) {
                                                Object moved = putting ? world.queues.survivors.poll() : "meanwhile";
                                                assertNotNull(moved);
                                                assertTrue(putting || world.queues.survivors.offer(moved));
                                            }
                                            went[0]++;
                                        }
                                    },
                                    world -> {
                                        assertTrue(world.completed);
                                        world.queues.verify();
                                        world.queues.emptyIt();
                                    });
                    assertTrue(went[0] >= 2, "only " + went[0]);
                }));
    }

    @Test
    void whatTheDeadHadNotAcknowledgedComesBackMarked() {
        for (Object item : List.<Object>of(1, MIDDLE, new Note(1), LARGE)) {
            QueueWorld queues = new QueueWorld(QueueStyle.JOINABLE);
            JoinableQueue<Object> survivors = (JoinableQueue<Object>) queues.survivors;
            QueueHandle<Object> victims = queues.join(CrashPoint.never());
            survivors.addAll(List.of(item, "second", "third"));
            assertEquals(item, victims.poll());
            assertEquals("second", victims.poll());
            ((JoinableQueue<Object>) victims).taskDone();
            assertEquals(2, survivors.unfinished());
            queues.victim.point().kill();
            queues.world.announceDeaths();
            assertEquals(2, survivors.size());
            try (Delivery<Object> delivery = receive(queues.survivors)) {
                assertTrue(delivery.isRedelivered());
                assertEquals(2, delivery.attempts());
                assertEquals("second", delivery.value());
            }
            assertEquals(List.of("second", "third"), queues.emptyIt());
            queues.verify();
        }
    }

    private static Delivery<Object> receive(QueueHandle<Object> queue) {
        try {
            return queue.receive();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static final class JoinWorld {
        final QueueWorld queues = new QueueWorld(QueueStyle.JOINABLE);
        final JoinableQueue<Object> survivors = (JoinableQueue<Object>) queues.survivors;
        boolean completed;

        JoinWorld() {
            survivors.addAll(List.of(1, new Note(2), LARGE));
        }

        void takeAndFinish(CrashPoint point) {
            JoinableQueue<Object> queue = (JoinableQueue<Object>) queues.join(point);
            for (int i = 0; i < 3; i++) {
                queue.poll();
                queue.taskDone();
            }
            completed = true;
        }

        void checkJoin() {
            queues.world.announceDeaths();
            assertEquals(survivors.size(), survivors.unfinished(), "in nobody's hands");
            List<Object> left = new ArrayList<>(survivors);
            List<Object> all = List.of(1, new Note(2), LARGE);
            assertEquals(all.subList(3 - left.size(), 3), left);
            assertTrue(!completed || left.isEmpty());
            assertEquals(left.isEmpty(), joined(Duration.ZERO));
            queues.verify();
            assertEquals(left, queues.emptyIt());
            assertTrue(joined(Duration.ofSeconds(10)));
        }

        private boolean joined(Duration limit) {
            try {
                return survivors.join(limit);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void joinWaitsForWhatIsReallyUnfinished() {
        int deaths = new CrashEnumeration<>(JoinWorld::new, JoinWorld::takeAndFinish).die(JoinWorld::checkJoin);
        assertTrue(deaths >= 6 * 20, "only " + deaths);
    }

    /** Nobody announces the death: who waits finds it out. */
    @Test
    void whoWaitsFindsTheDeadThatNobodyAnnounces() {
        for (Step step : List.<Step>of(
                (queue, given) -> queue.receive(),
                (queue, given) -> queue.take(),
                (queue, given) -> queue.put(LARGE))) {
            new CrashEnumeration<>(
                            () -> {
                                QueueWorld queues = new QueueWorld(QueueStyle.FIFO);
                                queues.survivors.add(new Note(1));
                                return queues;
                            },
                            (queues, point) -> {
                                try {
                                    step.run(queues.join(point), new ArrayList<>());
                                } catch (InterruptedException e) {
                                    throw new AssertionError(e);
                                }
                            })
                    .die(queues -> {
                        if (queues.victim.point().isDead()) {
                            queues.survivors.offer("a later one");
                            assertTrue(isTaken(queues.survivors));
                            assertFalse(queues.isBeingChanged());
                        }
                    });
        }
    }

    private static boolean isTaken(SharedQueue<Object> queue) {
        try {
            return queue.poll(Duration.ofSeconds(30)) != null;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aJoinerFindsTheDeadThatNobodyAnnounces() throws Exception {
        QueueWorld queues = new QueueWorld(QueueStyle.JOINABLE);
        queues.survivors.add(1);
        assertEquals(1, queues.join(CrashPoint.never()).poll());
        queues.victim.point().kill();
        Threads.Running<Void> joiner = Threads.run(((JoinableQueue<Object>) queues.survivors)::join);
        Threads.Running<Object> taker = Threads.call(queues.join()::take);
        assertEquals(1, taker.get());
        assertFalse(joiner.isDone());
        assertEquals(1, ((JoinableQueue<Object>) queues.survivors).unfinished());
    }

    @Test
    void whoClosesItMayDieAnywhere() {
        new CrashEnumeration<>(() -> new World(putting(LARGE)), (world, point) -> world.queues.closeAs(point))
                .die(world -> {
                    world.queues.world.announceDeaths();
                    if (isOpen(world.queues.survivors)) {
                        assertEquals(START, new ArrayList<>(world.queues.survivors));
                        world.checkThatItGoesOn();
                    }
                });
    }

    private static boolean isOpen(SharedQueue<Object> queue) {
        try {
            queue.size();
            return true;
        } catch (ClosedObjectException e) {
            return false;
        }
    }

    /** It is told, as soon as it goes on. */
    @Test
    void closingDoesNotWaitForWhoIsStoppedInside() {
        AtomicInteger told = new AtomicInteger();
        new CrashEnumeration<>(() -> new World(putting(7)), (world, point) -> {
                    try {
                        world.run(point);
                    } catch (ClosedObjectException e) {
                        told.incrementAndGet();
                    }
                })
                .pauseTogether(
                        world -> world.queues.closeAs(CrashPoint.never()),
                        world -> assertTrue(!isOpen(world.queues.survivors) || world.completed));
        assertTrue(told.get() >= 2, "told " + told);
    }
}
