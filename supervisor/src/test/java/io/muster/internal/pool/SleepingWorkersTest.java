package io.muster.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.ChildOutput;
import io.muster.ProcessPool;
import io.muster.WorkerInfo;
import io.muster.child.task.TaskTable;
import io.muster.child.task.TestTables;
import io.muster.ipc.memory.SessionDirectory;
import io.muster.ipc.wait.Parking;
import io.muster.ipc.wait.WaitWord;
import io.muster.testing.Eventually;
import io.muster.testing.HangDump;
import io.muster.testing.Processes;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who sleeps or spins for work: it must be found what a lost wake-up, or one that was left out, leaves undone. */
@ExtendWith(HangDump.class)
class SleepingWorkersTest {
    private static final String NAME = "tended";
    /** Much less than workers sleep that rely on their parent. */
    private static final int LIMIT_SECONDS = 10;

    @Test
    void aTaskThatNobodyWasWokenForIsFound() throws Exception {
        assumeTrue(Parking.preload(), "who polls is not woken");
        try (var pool = startPool();
                var table = openTable()) {
            awaitLongSleep(pool);
            loseTheNextWakeUp(table);
            assertEquals(8, pool.applyAsync(Tasks::increment, 7).get(LIMIT_SECONDS, TimeUnit.SECONDS));
        }
    }

    @Test
    void theEndReachesThemAlsoIfSomebodyElseWasToWakeThem() throws Exception {
        assumeTrue(Parking.preload(), "who polls is not woken");
        long begin;
        try (var pool = startPool();
                var table = openTable()) {
            awaitLongSleep(pool);
            loseTheNextWakeUp(table);
            begin = System.nanoTime();
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        assertEquals(0, millis / 4500, "the workers were killed, after " + millis + " ms");
    }

    @Test
    void aSpinnerThatTakesNothingHoldsUpNoCall() throws Exception {
        var enough = new AtomicBoolean();
        try (var pool = startPool();
                var table = openTable()) {
            Thread spinner = spinInTheNameOfTheFirst(table, enough);
            try {
                for (int i = 0; i < 20; i++) {
                    assertEquals(i + 1, pool.apply(Tasks::increment, i));
                }
                assertTrue(table.hasSpinner(), "somebody else spun");
            } finally {
                enough.set(true);
                spinner.join();
            }
        }
    }

    @Test
    void aDeadSpinnerIsNotCountedOn() throws Exception {
        var enough = new AtomicBoolean();
        try (var pool = startPool();
                var table = openTable()) {
            Thread spinner = spinInTheNameOfTheFirst(table, enough);
            try {
                Processes.signal(pool.workers().get(0).pid(), "KILL");
                Eventually.eventually(() -> !table.hasSpinner(), () -> "its seat is taken still");
                assertEquals(8, pool.apply(Tasks::increment, 7));
            } finally {
                enough.set(true);
                spinner.join();
            }
        }
    }

    /** Returns when the seat is had; workers that spin at the moment give it up soon. */
    private static Thread spinInTheNameOfTheFirst(TaskTable table, AtomicBoolean enough) {
        Eventually.eventually(() -> !table.hasSpinner(), () -> "a worker spins for ever");
        var spinner = new Thread(() -> TestTables.spin(table, 0, 1, enough::get), "spinner");
        spinner.start();
        Eventually.eventually(table::hasSpinner, () -> "the seat is free");
        return spinner;
    }

    private static ProcessPool startPool() {
        var pool = ProcessPool.builder()
                .name(NAME)
                .workers(2)
                .heap("48m")
                .output(ChildOutput.discard())
                .start();
        Eventually.eventually(
                () -> pool.workers().stream().allMatch(worker -> worker.state() == WorkerInfo.State.UP), pool::workers);
        return pool;
    }

    private static TaskTable openTable() throws Exception {
        Path session = SessionDirectory.current().path();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(session, "pool-" + NAME + "*-table")) {
            Iterator<Path> found = files.iterator();
            return TaskTable.open(found.next());
        }
    }

    /** As a worker does, or a thread of the parent, that is killed or stopped between its two steps of waking somebody. */
    private static void loseTheNextWakeUp(TaskTable table) {
        table.work().withParking(new Deaf()).wakeAll();
    }

    /** Until no worker has looked for longer than one sleeps that relies on nobody. */
    private static void awaitLongSleep(ProcessPool pool) {
        var quiet = new Object() {
            long sleeps = -1;
            long sinceNanos;
        };
        Eventually.eventually(
                () -> {
                    long sleeps = pool.workers().stream()
                            .mapToLong(worker -> Processes.sleepsOfMain(worker.pid()))
                            .sum();
                    if (sleeps != quiet.sleeps) {
                        quiet.sleeps = sleeps;
                        quiet.sinceNanos = System.nanoTime();
                    }
                    return System.nanoTime() - quiet.sinceNanos > TimeUnit.MILLISECONDS.toNanos(400);
                },
                pool::workers);
    }

    /** Wakes nobody. */
    private static final class Deaf implements Parking {
        @Override
        public Outcome park(WaitWord word, int armed, int deaths, long nanos, boolean interruptible) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean wake(WaitWord word, int count) {
            return false;
        }

        @Override
        public long maxSliceNanos() {
            throw new UnsupportedOperationException();
        }
    }
}
