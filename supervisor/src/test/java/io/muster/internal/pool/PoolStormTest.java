package io.muster.internal.pool;

import static io.muster.internal.pool.PoolUser.assertWorks;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.muster.ChildOutput;
import io.muster.ProcessPool;
import io.muster.testing.HangDump;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Minutes of killing and cancelling. */
@Tag("storm")
@ExtendWith(HangDump.class)
@HangDump.Limit(seconds = 600)
class PoolStormTest {
    private static ProcessPool pool(int workers) {
        return ProcessPool.builder()
                .workers(workers)
                .heap("48m")
                .output(ChildOutput.discard())
                .start();
    }

    @Test
    void aStormOfKills() throws Exception {
        try (var pool = pool(3)) {
            for (int round = 0; round < 20; round++) {
                Storm.killAtRandom(pool, 400, 40);
                assertWorks(pool);
            }
        }
    }

    @Test
    void aStormOfCancels() throws Exception {
        try (var pool = pool(3)) {
            int cancelled = 0;
            for (int round = 0; round < 20; round++) {
                cancelled += Storm.cancelAtRandom(pool, 400, round);
                assertWorks(pool);
                Storm.assertNoOtherDeaths(pool, cancelled);
            }
        }
    }

    @Test
    void poolsComeAndGo() throws Exception {
        for (int round = 0; round < 30; round++) {
            var pool = pool(2);
            var future = pool.applyAsync(Tasks::increment, round);
            if (round % 3 == 0) {
                pool.terminate();
            } else {
                pool.close();
                assertEquals(round + 1, future.getNow(0));
            }
        }
    }
}
