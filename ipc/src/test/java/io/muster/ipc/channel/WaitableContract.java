package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.ClosedObjectException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a set promises for every kind of thing that can be waited for. */
abstract class WaitableContract {
    static final Duration LONG = Duration.ofSeconds(60);
    static final Duration BRIEF = Duration.ofMillis(20);

    private WaitSet set;

    /** A new one that is not ready, as it is given to a set. */
    abstract Object make() throws Exception;

    abstract WaitSet.Key add(WaitSet to, Object source, Object attachment) throws Exception;

    abstract void makeReady(Object source) throws Exception;

    /** False if this kind stays ready once it is. */
    abstract boolean unmakeReady(Object source) throws Exception;

    abstract void end(Object source) throws Exception;

    private Object source;

    @BeforeEach
    void open() throws Exception {
        set = WaitSet.create();
        source = make();
    }

    @AfterEach
    void close() throws Exception {
        set.close();
        end(source);
    }

    @Test
    void whatIsNotReadyIsWaitedForUntilTheTimeIsOver() throws Exception {
        WaitSet.Key key = add(set, source, "label");
        assertSame(source, key.source());
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
        makeReady(source);
        WaitSet.Key key = add(set, source, null);
        for (int i = 0; i < 3; i++) {
            assertEquals(List.of(key), set.await());
            assertEquals(List.of(key), set.awaitAll());
        }
        if (unmakeReady(source)) {
            assertEquals(List.of(), set.await(BRIEF));
            makeReady(source);
            assertEquals(List.of(key), set.await(LONG));
        }
    }

    @Test
    void aWaitEndsWhenItBecomesReady() throws Exception {
        WaitSet.Key key = add(set, source, null);
        Background<List<WaitSet.Key>> waiting = Background.call(set::await);
        waiting.untilAsleep();
        assertFalse(waiting.isDone());
        makeReady(source);
        assertEquals(List.of(key), waiting.get());
    }

    @Test
    void whatIsAddedWhileAnotherThreadWaitsIsWaitedForToo() throws Exception {
        Background<List<WaitSet.Key>> waiting = Background.call(set::await);
        waiting.untilAsleep();
        WaitSet.Key key = add(set, source, null);
        makeReady(source);
        assertEquals(List.of(key), waiting.get());
    }

    @Test
    void noRoundIsMissed() throws Exception {
        WaitSet.Key key = add(set, source, null);
        makeReady(source);
        boolean again = unmakeReady(source);
        Assumptions.assumeTrue(again, "this kind becomes ready once");
        for (int i = 0; i < 300; i++) {
            Background<Void> other = Background.call(() -> {
                makeReady(source);
                return null;
            });
            assertEquals(List.of(key), set.await(LONG), "round " + i);
            other.get();
            assertTrue(unmakeReady(source));
        }
    }

    @Test
    void whatWasCancelledIsNotWaitedForAndCanBeAddedAgain() throws Exception {
        WaitSet.Key key = add(set, source, null);
        key.cancel();
        key.cancel();
        assertFalse(key.isValid());
        assertEquals(0, set.size());
        makeReady(source);
        assertEquals(List.of(), set.await(Duration.ZERO));
        WaitSet.Key again = add(set, source, null);
        assertEquals(List.of(again), set.await(LONG));
    }

    @Test
    void twoSetsAreToldOfOneThing() throws Exception {
        try (WaitSet other = WaitSet.create()) {
            WaitSet.Key here = add(set, source, null);
            WaitSet.Key there = add(other, source, null);
            Background<List<WaitSet.Key>> waiting = Background.call(other::await);
            makeReady(source);
            assertEquals(List.of(here), set.await());
            assertEquals(List.of(there), waiting.get());
        }
    }

    @Test
    void anInterruptEndsTheWaitAndClosesNothing() throws Exception {
        WaitSet.Key key = add(set, source, null);
        Background<List<WaitSet.Key>> waiting = Background.call(set::await);
        waiting.untilAsleep();
        waiting.interrupt();
        assertThrows(InterruptedException.class, waiting::get);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> set.await(Duration.ZERO));
        makeReady(source);
        assertEquals(List.of(key), set.await());
    }

    @Test
    void closingTheSetEndsItsWaitsAndNotItsMembers() throws Exception {
        WaitSet.Key key = add(set, source, null);
        Background<List<WaitSet.Key>> waiting = Background.call(set::await);
        waiting.untilAsleep();
        set.close();
        set.close();
        assertThrows(ClosedObjectException.class, waiting::get);
        assertThrows(ClosedObjectException.class, set::await);
        assertThrows(ClosedObjectException.class, () -> add(set, source, null));
        assertFalse(key.isValid());
        makeReady(source);
        try (WaitSet other = WaitSet.create()) {
            assertEquals(
                    1,
                    Background.call(() -> {
                                add(other, source, null);
                                return other.await().size();
                            })
                            .get());
        }
    }
}
