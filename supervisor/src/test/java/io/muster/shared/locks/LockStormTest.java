package io.muster.shared.locks;

import static io.muster.testing.Eventually.within;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ipc.data.SharedIntArray;
import io.muster.ipc.sync.Held;
import io.muster.ipc.sync.SharedCondition;
import io.muster.testing.HangDump;
import io.muster.testing.Lines;
import io.muster.testing.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Eight processes fight for one lock and wait in its condition, in peace, and while they are killed and replaced. */
@ExtendWith(HangDump.class)
class LockStormTest {
    private static final int PROCESSES = 8;
    private static final int TOTAL = 0;
    private static final int COPY = 1;
    private static final int TOKEN = 2;
    private static final int BROKEN = 3;
    private static final int STOP = 4;
    private static final int REPAIRS = 5;
    private static final int OF_EACH = 16;

    private final Lines lines = new Lines();
    private final SharedCondition condition = SharedCondition.create(PROCESSES * 2);
    private final SharedIntArray data = SharedIntArray.create(OF_EACH + PROCESSES);

    private ChildProcess start(int index, int rounds) {
        SharedCondition shared = condition;
        SharedIntArray array = data;
        return ChildProcess.named("storm-" + index)
                .heap("32m")
                .daemon(true)
                .onLine(lines)
                .start(() -> work(shared, array, index, rounds));
    }

    /** Runs in a child, until it is told to stop, has done its rounds, or is killed. */
    private static void work(SharedCondition condition, SharedIntArray data, int index, int rounds)
            throws InterruptedException {
        Random random = new Random();
        for (int round = 0; round < rounds; round++) {
            try (Held held = condition.lock().hold()) {
                if (data.get(STOP) != 0) {
                    return;
                }
                boolean dawdle = random.nextInt(20) == 0;
                checkAndUpdate(held, data, index, dawdle);
                if (random.nextInt(50) == 0) {
                    condition.await(Duration.ofMillis(2));
                    checkAndUpdate(held, data, index, dawdle);
                } else if (random.nextInt(20) == 0) {
                    condition.signal(1 + random.nextInt(2));
                }
            }
        }
    }

    /** One's own count, then the sum, then its copy: whoever dies in between leaves them different. */
    private static void checkAndUpdate(Held held, SharedIntArray data, int index, boolean dawdle) {
        if (held.abandonedOwner().isPresent()) {
            repair(data);
        } else if (data.get(TOTAL) != data.get(COPY)) {
            data.set(BROKEN, 1);
        }
        if (held.token() <= data.get(TOKEN)) {
            data.set(BROKEN, 2);
        }
        data.set(TOKEN, (int) held.token());
        data.set(OF_EACH + index, data.get(OF_EACH + index) + 1);
        data.set(TOTAL, data.get(TOTAL) + 1);
        if (dawdle) {
            LockSupport.parkNanos(200_000); // so that many are killed just here
        }
        data.set(COPY, data.get(COPY) + 1);
    }

    private static void repair(SharedIntArray data) {
        int sum = sum(data);
        data.set(TOTAL, sum);
        data.set(COPY, sum);
        data.set(REPAIRS, data.get(REPAIRS) + 1);
    }

    private static int sum(SharedIntArray data) {
        int sum = 0;
        for (int i = 0; i < PROCESSES; i++) {
            sum += data.get(OF_EACH + i);
        }
        return sum;
    }

    private int checkNow(Duration limit) throws InterruptedException {
        assertTrue(condition.lock().tryLock(limit), condition::toString);
        try {
            if (condition.lock().abandonedOwner().isPresent()) {
                repair(data);
            }
            assertEquals(0, data.get(BROKEN), "1: halves that differ, 2: a token that did not rise");
            assertEquals(sum(data), data.get(TOTAL));
            assertEquals(sum(data), data.get(COPY));
            return data.get(TOTAL);
        } finally {
            condition.lock().unlock();
        }
    }

    @AfterEach
    void endAll() {
        ChildProcess.activeChildren().forEach(ChildProcess::kill);
        condition.close();
        data.close();
    }

    @Test
    void noUpdateOfEightProcessesIsLost() throws Exception {
        List<ChildProcess> children = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            children.add(start(i, 500));
        }
        for (ChildProcess child : children) {
            assertTrue(child.join(Duration.ofSeconds(60)), condition::toString);
            assertTrue(child.exitStatus().orElseThrow().isSuccess(), () -> child + ": " + lines.all());
        }
        assertTrue(checkNow(Duration.ofSeconds(1)) >= PROCESSES * 500);
        assertEquals(0, condition.waiters());
    }

    @Test
    @Tag("storm")
    @HangDump.Limit(seconds = 240)
    void killsStopsAndReplacementsForAMinute() throws Exception {
        Random random = new Random(42);
        ChildProcess[] children = new ChildProcess[PROCESSES];
        for (int i = 0; i < PROCESSES; i++) {
            children[i] = start(i, Integer.MAX_VALUE);
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        int last = 0;
        while (System.nanoTime() < end) {
            int index = random.nextInt(PROCESSES);
            if (random.nextInt(4) == 0) {
                Processes.signal(children[index].pid(), "STOP");
                TimeUnit.MILLISECONDS.sleep(random.nextInt(30)); // the storm's pace
                Processes.signal(children[index].pid(), "CONT");
            } else {
                Processes.signal(children[index].pid(), "KILL");
                children[index].join();
                children[index] = start(index, Integer.MAX_VALUE);
            }
            int total = checkNow(Duration.ofSeconds(20));
            assertTrue(total >= last);
            last = total;
        }
        try (Held held = condition.lock().hold()) {
            assertTrue(held.token() > 0);
            data.set(STOP, 1);
            condition.signalAll();
        }
        for (ChildProcess child : children) {
            assertTrue(child.join(Duration.ofSeconds(20)), condition::toString);
        }
        assertTrue(data.get(REPAIRS) > 0, "nobody was ever killed in mid-update");
        checkNow(Duration.ofSeconds(1));
        within(Duration.ofSeconds(5), () -> condition.waiters() == 0, condition::toString);
    }
}
