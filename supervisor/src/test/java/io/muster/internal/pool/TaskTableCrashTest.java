package io.muster.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.child.task.TestTables;
import io.muster.ipc.memory.CrashEnumeration;
import io.muster.ipc.memory.CrashPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker dies, or stops, at every step of serving tasks; whatever it leaves, each task ends once. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TaskTableCrashTest {
    @Test
    void aWorkerMayDieAnywhere() {
        int deaths = new CrashEnumeration<>(TableWorld::withTasks, (world, point) -> world.serve(0, point))
                .die(world -> {
                    world.collect();
                    world.settle(0);
                    world.finish(1, 1);
                });
        assertTrue(deaths > 100, deaths + " deaths");
    }

    /** Nobody has looked at the done rings before the end is confirmed. */
    @Test
    void aDeadWorkersOutcomesAreFoundWithoutItsRing() {
        new CrashEnumeration<>(TableWorld::withTasks, (world, point) -> world.serve(0, point)).die(world -> {
            world.settle(0);
            world.table.prepareWorker(0, 2);
            world.finish(1, 1);
        });
    }

    @Test
    void twoWorkersMayDieAnywhere() {
        int deaths = new CrashEnumeration<>(TableWorld::withTasks, (world, point) -> world.serve(0, point))
                .dieTwice(
                        (world, point) -> {
                            world.collect();
                            world.settle(0);
                            world.serve(1, point);
                        },
                        world -> {
                            world.settle(1);
                            world.collect();
                            world.finish(2, 2);
                        });
        assertTrue(deaths > 1000, deaths + " deaths");
    }

    @Test
    void othersGoOnWhileAWorkerIsStopped() {
        new CrashEnumeration<>(TableWorld::withTasks, (world, point) -> world.serve(0, point))
                .pause(
                        world -> {
                            world.serve(1, CrashPoint.never());
                            world.collect();
                        },
                        world -> {
                            world.collect();
                            world.settle(0);
                            world.settle(1);
                            world.finish(2, 0);
                        });
    }

    /** Its slots pass to other tasks while it is stopped; what it does when it goes on must hit none of those. */
    @Test
    void tasksMayBeCancelledAndSlotsReusedWhileAWorkerIsStopped() {
        int steps = 0;
        for (int step = 1; ; step++) {
            var world = TableWorld.withTasks();
            CrashPoint[] point = new CrashPoint[1];
            point[0] = CrashPoint.pauseBefore(step, CrashPoint.Unpublished.NONE, 0, () -> cancelAll(world, point[0]));
            try {
                world.serve(0, point[0]);
            } catch (io.muster.ipc.memory.Died killed) {
                assertTrue(point[0].isDead(), "step " + step);
            }
            world.collect();
            world.settle(0);
            world.finish(1, 0);
            if (!point[0].isReached()) {
                break;
            }
            steps++;
        }
        assertTrue(steps > 20, steps + " steps");
    }

    private static void cancelAll(TableWorld world, CrashPoint stopped) {
        for (PoolTask<Integer> task : world.tasks) {
            long owner = world.window.recall().cancel(task, true);
            if (owner == Recall.TOO_LATE) {
                continue;
            }
            assertTrue(task.completeCancelled());
            world.cancelled++;
            if (owner != Recall.NOBODY) {
                assertEquals(TableWorld.owner(0), owner);
                stopped.kill();
                world.settle(0);
            }
        }
        world.submit(TableWorld.SLOTS + 3);
    }

    /** The one entry that its head waits for must survive a dead worker's task that is entered again. */
    @Test
    void aFullRingHasRoomForWhatTheDeadHadClaimed() {
        var world = new TableWorld();
        world.submit(3);
        TestTables.claim(world.table, 0, 1);
        TestTables.claim(world.table, 1, 1);
        // The third task now lies at the ring's head; behind it come entries of tasks that were cancelled.
        while (world.table.hasRoom()) {
            int last = world.tasks.size();
            world.submit(1);
            assertEquals(Recall.NOBODY, world.window.recall().cancel(world.tasks.get(last), false));
            world.tasks.get(last).completeCancelled();
            world.cancelled++;
        }
        world.submit(2);
        world.settle(0);
        world.settle(1);
        world.table.stop();
        world.finish(2, 0);
    }
}
