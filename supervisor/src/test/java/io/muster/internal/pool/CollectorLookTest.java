package io.muster.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.child.task.SlotPhase;
import io.muster.child.task.SlotWord;
import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.memory.Died;
import io.muster.testing.Eventually;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What nobody announces is found by a look, and looks are asked for when there may be something to find. */
class CollectorLookTest {
    /** What the slot of a task that was submitted says from its outcome on. */
    private static final Set<SlotPhase> COLLECTED_OR_DONE = EnumSet.of(SlotPhase.DONE, SlotPhase.FREE);

    @Test
    void aLookFindsTheOutcomesOfAWorkerThatStoppedAnywhere() {
        int found = 0;
        for (int step = 1; ; step++) {
            var world = new TableWorld();
            world.submit(1);
            var point = CrashPoint.dieBefore(step, CrashPoint.Unpublished.NONE, 0);
            world.table.stop();
            var code = CodeThreads.start("look", 2, getClass().getClassLoader());
            var outcomes = new Outcomes(ObjectCodec.standard());
            var collector = new Collector(
                    "look", world.table, world.window, new Delivery(outcomes, code, code), TableWorld.WORKERS);
            collector.start();
            try {
                world.serve(0, point);
            } catch (Died stopped) {
                assertTrue(point.isDead());
            }
            found += look(world, collector) ? 1 : 0;
            collector.stop(() -> false);
            code.shutdown();
            if (!point.isReached()) {
                break;
            }
        }
        assertTrue(found >= 3, found + " steps after the outcome was there");
    }

    /** True: there was an outcome, be it collected already. Nobody settles what the worker held: it might go on. */
    private static boolean look(TableWorld world, Collector collector) {
        PoolTask<Integer> task = world.tasks.get(0);
        // Not the task: between FREE and its completion the collector has the outcome in hand.
        boolean done = COLLECTED_OR_DONE.contains(SlotWord.phaseOf(world.table.word(0)));
        if (done) {
            collector.look();
            Eventually.eventually(task::isDone, () -> SlotWord.describe(world.table.word(0)));
            assertEquals(1, task.join());
        }
        return done;
    }

    @Test
    void theWindowIsIdleWhenNothingCameSinceItWasLookedAt() {
        var world = new TableWorld();
        var alarms = new AtomicInteger();
        assertFalse(world.window.isIdle(alarms::incrementAndGet), "the first look has nothing to compare with");
        assertTrue(world.window.isIdle(alarms::incrementAndGet));
        assertEquals(0, alarms.get());
        world.submit(2);
        assertEquals(1, alarms.get(), "the first task rings, the second does not");
        assertFalse(world.window.isIdle(alarms::incrementAndGet), "two are open");
        cancelAll(world);
        assertTrue(world.window.isIdle(alarms::incrementAndGet), "none is open, and none came");
        world.submit(1);
        cancelAll(world);
        assertEquals(2, alarms.get());
        assertFalse(world.window.isIdle(alarms::incrementAndGet), "one came and went");
        assertTrue(world.window.isIdle(alarms::incrementAndGet));
    }

    private static void cancelAll(TableWorld world) {
        for (PoolTask<Integer> task : world.tasks) {
            if (!task.isDone()) {
                assertEquals(Recall.NOBODY, world.window.recall().cancel(task, false));
                task.completeExceptionally(new CancellationException());
            }
        }
    }
}
