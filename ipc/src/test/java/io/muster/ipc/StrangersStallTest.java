package io.muster.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.muster.ipc.memory.TestJvm;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A program is stopped in the middle of a change of a named object, another waits for it, and then it is killed: nobody tells, as
 * they know nothing of each other.
 */
@Tag("storm")
class StrangersStallTest {
    private static final int KILLS = 10;
    /** Far longer than a change takes. */
    private static final int HELD_UP_MILLIS = 250;

    private static final int MOST_MILLIS_MORE = 1000;
    private static final int MOST_MILLIS = 10;

    @TempDir
    Path temp;

    private final Random random = new Random();

    /** Says for how long: figures are no business of a test's. */
    @ParameterizedTest
    @EnumSource
    void whoWaitsGetsOnSoonAfterTheKill(StrangerMain.Kind kind) throws Exception {
        double[] stalls = new double[KILLS];
        try (Manager place = Manager.open(temp.resolve("place"))) {
            StrangerMain.Change change = kind.of(place);
            for (int i = -1; i < KILLS; i++) {
                stalls[Math.max(0, i)] = kill(kind, change) / 1e6;
            }
        }
        Arrays.sort(stalls);
        System.out.printf(
                Locale.ROOT,
                "%s: median %.1f ms, longest %.1f ms of %d%n",
                kind,
                stalls[KILLS / 2],
                stalls[KILLS - 1],
                KILLS);
    }

    private long kill(StrangerMain.Kind kind, StrangerMain.Change change) throws Exception {
        try (TestJvm victim = TestJvm.start(temp, StrangerMain.class)) {
            assertEquals("at it", victim.ask(kind + " " + temp.resolve("place")));
            FutureTask<Long> blocked = stopInTheMiddle(victim, change);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_MILLIS_MORE));
            long killed = System.nanoTime();
            victim.killAlone();
            return blocked.get(30, TimeUnit.SECONDS) - killed;
        }
    }

    private FutureTask<Long> stopInTheMiddle(TestJvm victim, StrangerMain.Change change) throws Exception {
        while (true) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_MILLIS));
            victim.stop();
            FutureTask<Long> task = new FutureTask<>(() -> {
                change.make();
                return System.nanoTime();
            });
            Thread thread = new Thread(task, "blocked");
            thread.setDaemon(true);
            thread.start();
            try {
                task.get(HELD_UP_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                return task;
            }
            victim.signal("CONT");
        }
    }
}
