package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.ClosedObjectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a set promises for every kind of thing that can be waited for. */
@ParameterizedClass
@MethodSource("kinds")
class WaitSetKindsTest {
    static final Duration LONG = Duration.ofSeconds(60);
    static final Duration BRIEF = Duration.ofMillis(20);

    @Parameter
    private WaitableKind kind;

    @TempDir
    private Path directory;

    private final WaitSet set = WaitSet.create();
    private final List<WaitableKind.Source> made = new ArrayList<>();
    private WaitableKind.Source source;

    static Stream<WaitableKind> kinds() {
        return WaitableKind.all();
    }

    private WaitableKind.Source make() throws Exception {
        // Each in a directory of its own: names must not meet.
        WaitableKind.Source one = kind.make(Files.createTempDirectory(directory, "source"));
        made.add(one);
        return one;
    }

    @BeforeEach
    void open() throws Exception {
        source = make();
    }

    @AfterEach
    void close() throws Exception {
        set.close();
        for (WaitableKind.Source each : made) {
            each.end();
        }
    }

    @Test
    void whatIsNotReadyIsWaitedForUntilTheTimeIsOver() throws Exception {
        WaitSet.Key key = source.addTo(set, "label");
        assertSame(source.thing(), key.source());
        assertEquals("label", key.attachment());
        assertTrue(key.isValid());
        assertEquals(1, set.size());
        long start = System.nanoTime();
        assertEquals(List.of(), set.await(BRIEF));
        assertTrue(System.nanoTime() - start >= BRIEF.toNanos());
        assertEquals(List.of(), set.await(Duration.ZERO));
        assertEquals(List.of(), set.await(Duration.ofSeconds(-1)));
        assertEquals(List.of(), set.awaitAll(Duration.ZERO));
    }

    @Test
    void whatWasReadyBeforeIsReturnedAtOnceAndAgainAsLongAsItIs() throws Exception {
        source.makeReady();
        WaitSet.Key key = source.addTo(set, null);
        for (int i = 0; i < 3; i++) {
            assertEquals(List.of(key), set.await());
            assertEquals(List.of(key), set.awaitAll());
        }
        if (source.unmakeReady()) {
            assertEquals(List.of(), set.await(BRIEF));
            source.makeReady();
            assertEquals(List.of(key), set.await(LONG));
        }
    }

    @Test
    void aWaitEndsWhenItBecomesReady() throws Exception {
        WaitSet.Key key = source.addTo(set, null);
        Background<List<WaitSet.Key>> waiting = Background.call(set::await);
        waiting.untilAsleep();
        assertFalse(waiting.isDone());
        source.makeReady();
        assertEquals(List.of(key), waiting.get());
    }

    @Test
    void whatIsAddedWhileAnotherThreadWaitsIsWaitedForToo() throws Exception {
        Background<List<WaitSet.Key>> waiting = Background.call(set::await);
        waiting.untilAsleep();
        WaitSet.Key key = source.addTo(set, null);
        source.makeReady();
        assertEquals(List.of(key), waiting.get());
    }

    @Test
    void noRoundIsMissed() throws Exception {
        WaitSet.Key key = source.addTo(set, null);
        source.makeReady();
        boolean again = source.unmakeReady();
        Assumptions.assumeTrue(again, "this kind becomes ready once");
        for (int i = 0; i < 300; i++) {
            Background<Void> other = Background.call(() -> {
                source.makeReady();
                return null;
            });
            assertEquals(List.of(key), set.await(LONG), "round " + i);
            other.get();
            assertTrue(source.unmakeReady());
        }
    }

    @Test
    void whatWasCancelledIsNotWaitedForAndCanBeAddedAgain() throws Exception {
        WaitSet.Key key = source.addTo(set, null);
        key.cancel();
        key.cancel();
        assertFalse(key.isValid());
        assertEquals(0, set.size());
        source.makeReady();
        assertEquals(List.of(), set.await(Duration.ZERO));
        WaitSet.Key again = source.addTo(set, null);
        assertEquals(List.of(again), set.await(LONG));
    }

    @Test
    void twoSetsAreToldOfOneThing() throws Exception {
        try (WaitSet other = WaitSet.create()) {
            WaitSet.Key here = source.addTo(set, null);
            WaitSet.Key there = source.addTo(other, null);
            Background<List<WaitSet.Key>> waiting = Background.call(other::await);
            source.makeReady();
            assertEquals(List.of(here), set.await());
            assertEquals(List.of(there), waiting.get());
        }
    }

    @Test
    void anInterruptEndsTheWaitAndClosesNothing() throws Exception {
        WaitSet.Key key = source.addTo(set, null);
        Background<List<WaitSet.Key>> waiting = Background.call(set::await);
        waiting.untilAsleep();
        waiting.interrupt();
        assertThrows(InterruptedException.class, waiting::get);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> set.await(Duration.ZERO));
        source.makeReady();
        assertEquals(List.of(key), set.await());
    }

    @Test
    void closingTheSetEndsItsWaitsAndNotItsMembers() throws Exception {
        WaitSet.Key key = source.addTo(set, null);
        Background<List<WaitSet.Key>> waiting = Background.call(set::await);
        waiting.untilAsleep();
        set.close();
        set.close();
        assertThrows(ClosedObjectException.class, waiting::get);
        assertThrows(ClosedObjectException.class, set::await);
        assertThrows(ClosedObjectException.class, () -> source.addTo(set, null));
        assertFalse(key.isValid());
        source.makeReady();
        try (WaitSet other = WaitSet.create()) {
            assertEquals(
                    1,
                    Background.call(() -> {
                                source.addTo(other, null);
                                return other.await().size();
                            })
                            .get());
        }
    }

    @Test
    void allMeansEachOfThem() throws Exception {
        WaitableKind.Source second = make();
        WaitSet.Key first = source.addTo(set, 1);
        WaitSet.Key other = second.addTo(set, 2);
        Background<List<WaitSet.Key>> waiting = Background.call(set::awaitAll);
        waiting.untilAsleep();
        second.makeReady();
        assertEquals(List.of(other), set.await(BRIEF), "of which one is ready");
        assertFalse(waiting.isDone());
        source.makeReady();
        assertEquals(List.of(first, other), waiting.get());
        assertEquals(List.of(first, other), set.await(LONG));
    }

    @Test
    void theSameTwiceHasTwoKeys() throws Exception {
        WaitSet.Key first = source.addTo(set, 1);
        WaitSet.Key second = source.addTo(set, 2);
        assertEquals(2, set.size());
        Background<List<WaitSet.Key>> waiting = Background.call(set::awaitAll);
        waiting.untilAsleep();
        source.makeReady();
        assertEquals(List.of(first, second), waiting.get());
        assertEquals(List.of(first, second), set.await(LONG));
        first.cancel();
        assertEquals(List.of(second), set.await(LONG));
        if (source.unmakeReady()) {
            waiting = Background.call(set::await);
            waiting.untilAsleep();
            source.makeReady();
            assertEquals(List.of(second), waiting.get());
        }
    }

    @Test
    void twoThreadsThatWaitAreBothTold() throws Exception {
        WaitSet.Key key = source.addTo(set, null);
        Background<List<WaitSet.Key>> any = Background.call(set::await);
        Background<List<WaitSet.Key>> all = Background.call(set::awaitAll);
        any.untilAsleep();
        all.untilAsleep();
        source.makeReady();
        assertEquals(List.of(key), any.get());
        assertEquals(List.of(key), all.get());
    }

    @Test
    void whatIsCancelledDuringAWaitIsNotToldOf() throws Exception {
        WaitableKind.Source steady = make();
        WaitSet.Key gone = source.addTo(set, null);
        WaitSet.Key left = steady.addTo(set, null);
        Background<List<WaitSet.Key>> waiting = Background.call(set::await);
        Background<List<WaitSet.Key>> waitingForAll = Background.call(set::awaitAll);
        waiting.untilAsleep();
        gone.cancel();
        source.makeReady();
        assertEquals(List.of(), set.await(BRIEF));
        assertFalse(waiting.isDone());
        steady.makeReady();
        assertEquals(List.of(left), waiting.get());
        assertEquals(List.of(left), waitingForAll.get());
    }

    @Test
    void whatIsClosedDuringAWaitIsReady() throws Exception {
        Assumptions.assumeTrue(source.canEnd(), "nothing to close");
        WaitSet.Key key = source.addTo(set, null);
        Background<List<WaitSet.Key>> waiting = Background.call(set::await);
        waiting.untilAsleep();
        source.end();
        assertEquals(List.of(key), waiting.get());
        assertEquals(List.of(key), set.awaitAll());
        key.cancel();
        assertEquals(0, set.size());
        assertThrows(ClosedObjectException.class, () -> source.addTo(set, null));
        assertEquals(0, set.size());
    }

    /** Interrupted again and again it closes nothing, and what came meanwhile is there. */
    @Test
    void interruptsInAStormLoseNothing() throws Exception {
        WaitSet.Key key = source.addTo(set, null);
        AtomicInteger interrupts = new AtomicInteger();
        Background<List<WaitSet.Key>> waiting = Background.call(() -> {
            while (true) {
                try {
                    return set.await();
                } catch (InterruptedException e) {
                    interrupts.incrementAndGet();
                }
            }
        });
        for (int i = 0; i < 5; i++) {
            int before = i;
            waiting.untilAsleep();
            waiting.interrupt();
            Background.until("interrupted", () -> interrupts.get() > before);
        }
        source.makeReady();
        assertEquals(List.of(key), waiting.get());
        assertTrue(key.isValid());
    }
}
