package io.muster.ipc.channel;

import static io.muster.ipc.channel.PipeWorld.MOST_WHOLE;
import static io.muster.ipc.channel.PipeWorld.receive;
import static io.muster.ipc.channel.PipeWorld.send;
import static io.muster.ipc.channel.PipeWorld.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.CrashEnumeration;
import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.memory.Died;
import io.muster.ipc.sync.Threads;
import io.muster.ipc.wait.Deadline;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/**
 * A party dies at each step of each operation: whole messages or none are seen, nobody is held up, and the end comes when the
 * last one has gone.
 */
class PipeCrashTest {
    private static final String WHOLE = text(MOST_WHOLE, 'w');
    /** Just fits into the ring. */
    private static final String PIECES = text(3 * MOST_WHOLE, 'p');

    private static final String MANY_PIECES = text(10 * MOST_WHOLE + 3, 'm');

    /** What the survivor has sent, and what the victim of a run has done, as far as it knows. */
    private static final class World extends PipeWorld {
        final List<String> sent = new ArrayList<>();
        final List<String> victimSent = new ArrayList<>();
        final List<String> victimTook = new ArrayList<>();
        String sending;
        Threads.Running<List<String>> draining;

        World with(String... messages) {
            for (String each : messages) {
                survivorSends(each);
            }
            return this;
        }

        /** The survivor receives meanwhile. */
        World withReceiver() {
            draining = Threads.call(this::receiveAll);
            return this;
        }

        void survivorSends(String message) {
            try {
                assertTrue(send(core, writer, message), "held up");
                sent.add(message);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        void victimSends(PipeCore victims, String... messages) throws IOException {
            EndUse end = new EndUse(null, victims, false);
            for (String each : messages) {
                sending = each;
                assertTrue(send(victims, end, each), "held up");
                victimSent.add(each);
                sending = null;
            }
            end.run();
        }

        void victimTakes(PipeCore victims, int count) throws IOException {
            EndUse end = new EndUse(victims, null, false);
            for (int i = 0; i < count; i++) {
                victimTook.add(receive(victims, end));
            }
            end.run();
        }
    }

    private interface Operation {
        void run(World world, PipeCore core) throws Exception;
    }

    private static BiConsumer<World, CrashPoint> as(Operation operation) {
        return (world, point) -> {
            try {
                operation.run(world, world.join(point));
            } catch (Died died) {
                throw died;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        };
    }

    /** What was sent before comes, then the victim's, whole and in order, then what is sent afterwards, then the end. */
    private static void checkWrites(World world) {
        world.announce();
        List<String> before = List.copyOf(world.sent);
        world.survivorSends("after");
        List<String> came = world.drain();
        List<String> least = new ArrayList<>(before);
        least.addAll(world.victimSent);
        List<String> most = new ArrayList<>(least);
        if (world.sending != null) {
            most.add(world.sending);
        }
        least.add("after");
        most.add("after");
        assertTrue(came.equals(least) || came.equals(most), () -> "came: " + came + ", known: " + least);
    }

    @Test
    void whoSendsMayDieAnywhere() {
        var run = new CrashEnumeration<>(
                () -> new World().with("before"), as((world, core) -> world.victimSends(core, WHOLE, "second")));
        int deaths = run.die(PipeCrashTest::checkWrites);
        assertTrue(deaths > 6 * 12, "only " + deaths);
        run.pause(world -> {}, PipeCrashTest::checkWrites);
    }

    @Test
    void whoSendsInPiecesMayDieAnywhere() {
        var run = new CrashEnumeration<>(World::new, as((world, core) -> world.victimSends(core, PIECES)));
        int deaths = run.die(world -> {
            world.announce();
            boolean whole = !world.victimSent.isEmpty();
            try {
                assertEquals(whole || world.sending != null && isWhole(world), world.core.in.isReady(world.reader));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            checkWritesAfterDraining(world);
        });
        assertTrue(deaths > 6 * 12, "only " + deaths);
    }

    private static boolean isWhole(World world) {
        try {
            return world.core.in.isReady(world.reader);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** There may be no room for another message before. */
    private static void checkWritesAfterDraining(World world) {
        List<String> came = new ArrayList<>();
        try {
            while (world.core.in.isReady(world.reader)) {
                came.add(receive(world.core, world.reader));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertTrue(
                came.equals(world.victimSent) || came.equals(List.of(String.valueOf(world.sending))), came::toString);
        world.victimSent.clear();
        world.sending = null;
        checkWrites(world);
    }

    @Test
    void whoSendsManyPiecesToAReceiverMayDieAnywhere() {
        int deaths = new CrashEnumeration<>(
                        () -> new World().withReceiver(),
                        as((world, core) -> world.victimSends(core, MANY_PIECES, "second")))
                .die(world -> {
                    world.announce();
                    world.writer.run();
                    try {
                        List<String> came = world.draining.get();
                        List<String> most = new ArrayList<>(world.victimSent);
                        if (world.sending != null) {
                            most.add(world.sending);
                        }
                        assertTrue(came.equals(world.victimSent) || came.equals(most), came::toString);
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
        assertTrue(deaths > 6 * 20, "only " + deaths);
    }

    @Test
    void whoEndsAMessageOfTheDeadMayDieToo() {
        int deaths = new CrashEnumeration<>(World::new, as((world, core) -> {
                    EndUse end = new EndUse(null, core, false);
                    byte[] bytes = MANY_PIECES.getBytes();
                    assertFalse(core.out.send(end, bytes, null, 0, bytes.length, Deadline.afterNanos(0)));
                }))
                .dieTwice(
                        as((world, core) -> {
                            world.announce();
                            EndUse end = new EndUse(null, core, false);
                            core.out.abortOfTheDead();
                            core.out.offer(end, new byte[0], null, 0, 0);
                            end.run();
                        }),
                        world -> {
                            world.announce();
                            List<String> came = new ArrayList<>();
                            try {
                                while (world.core.in.isReady(world.reader)) {
                                    came.add(receive(world.core, world.reader));
                                }
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                            assertTrue(came.isEmpty() || came.equals(List.of("")), came::toString);
                            checkWrites(world);
                        });
        assertTrue(deaths > 100, "only " + deaths);
    }

    /** The rest comes, in order; the victim has taken one more at most than it knows. */
    private static void checkReads(World world) {
        world.announce();
        world.survivorSends("after");
        List<String> came = world.drain();
        int lost = world.sent.size() - world.victimTook.size() - came.size();
        assertTrue(lost == 0 || lost == 1 && world.isVictimDead(), () -> lost + " lost, took " + world.victimTook);
        assertEquals(world.sent.subList(0, world.victimTook.size()), world.victimTook);
        assertEquals(world.sent.subList(world.victimTook.size() + lost, world.sent.size()), came);
    }

    @Test
    void whoReceivesMayDieAnywhere() {
        var run = new CrashEnumeration<>(
                () -> new World().with("first", "second", WHOLE), as((world, core) -> world.victimTakes(core, 2)));
        int deaths = run.die(PipeCrashTest::checkReads);
        assertTrue(deaths > 6 * 12, "only " + deaths);
        run.pause(world -> {}, PipeCrashTest::checkReads);
    }

    @Test
    void whoReceivesPiecesMayDieAnywhere() {
        var run =
                new CrashEnumeration<>(() -> new World().with(PIECES), as((world, core) -> world.victimTakes(core, 1)));
        int deaths = run.die(PipeCrashTest::checkReadsAfterDraining);
        assertTrue(deaths > 6 * 12, "only " + deaths);
    }

    /** There may be no room for another message before. */
    private static void checkReadsAfterDraining(World world) {
        world.announce();
        List<String> came = new ArrayList<>();
        try {
            while (world.core.in.isReady(world.reader)) {
                came.add(receive(world.core, world.reader));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertTrue(came.isEmpty() || came.equals(List.of(PIECES)) && world.victimTook.isEmpty(), came::toString);
        world.sent.clear();
        world.victimTook.clear();
        checkReads(world);
    }

    @Test
    void whoLooksMayDieAnywhere() {
        new CrashEnumeration<>(() -> new World().with("first"), as((world, core) -> {
                    EndUse end = new EndUse(core, null, false);
                    assertTrue(core.in.isReady(end));
                    end.run();
                }))
                .die(PipeCrashTest::checkReads);
    }

    @Test
    void whoClaimsMayDieAnywhere() {
        int deaths = new CrashEnumeration<>(World::new, as((world, core) -> {
                    EndUse end = new EndUse(null, core, false);
                    world.sending = "";
                    core.out.tryClaim(end, 20).abort();
                    core.out.tryClaim(end, 0).commit();
                    world.victimSent.add("");
                    world.sending = null;
                    end.run();
                }))
                .die(PipeCrashTest::checkWrites);
        assertTrue(deaths > 6 * 10, "only " + deaths);
    }

    @Test
    void theEndComesWithTheDeathOfTheLastWriterWhereverItDies() {
        new CrashEnumeration<>(World::new, as((world, core) -> {
                    EndUse end = new EndUse(null, core, false);
                    world.writer.run();
                    end.run();
                }))
                .die(world -> {
                    world.announce();
                    world.writer.run();
                    assertThrows(EOFException.class, () -> receive(world.core, world.reader));
                    assertThrows(EOFException.class, () -> receive(world.core, world.reader));
                });
    }

    @Test
    void whoSaysThatTheEndHasComeMayDieThere() {
        new CrashEnumeration<>(
                        () -> {
                            World world = new World().with("left");
                            world.writer.run();
                            return world;
                        },
                        as((world, core) -> {
                            EndUse end = new EndUse(core, null, false);
                            world.victimTook.add(receive(core, end));
                            assertTrue(isAtItsEnd(core, end));
                        }))
                .die(world -> {
                    world.announce();
                    List<String> came = world.drain();
                    assertTrue(came.isEmpty() || world.victimTook.isEmpty(), came::toString);
                });
    }

    private static boolean isAtItsEnd(PipeCore core, EndUse end) throws IOException {
        try {
            receive(core, end);
            return false;
        } catch (EOFException e) {
            return true;
        }
    }

    @Test
    void aSenderLearnsOfTheLastReadersDeathWhereverItDies() {
        new CrashEnumeration<>(World::new, as((world, core) -> {
                    EndUse end = new EndUse(core, null, false);
                    world.reader.run();
                    end.run();
                }))
                .die(world -> {
                    world.announce();
                    world.reader.run();
                    assertThrows(BrokenPipeException.class, () -> send(world.core, world.writer, "nobody"));
                    assertThrows(BrokenPipeException.class, () -> send(world.core, world.writer, "nobody"));
                });
    }
}
