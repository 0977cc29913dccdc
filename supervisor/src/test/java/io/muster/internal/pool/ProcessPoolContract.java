package io.muster.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.muster.ProcessPool;
import io.muster.testing.HangDump;
import io.muster.testing.Processes;
import java.time.Duration;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What every pool promises, whatever its workers are. */
@ExtendWith(HangDump.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProcessPoolContract
        implements CallContract, MapContract, ExecutorContract, ShutdownContract, FailureContract, PayloadContract {
    /** Tests of failures would fill the screen. */
    private static final Logger LOG = Logger.getLogger("io.muster.pool");

    private ProcessPool pool;

    @BeforeAll
    void startPool() {
        LOG.setLevel(Level.OFF);
        pool = newPool(2);
    }

    @AfterAll
    void closePool() {
        LOG.setLevel(null);
        if (pool == null) {
            return;
        }
        Set<Long> pids = pool.workers().stream()
                .map(worker -> worker.pid())
                .filter(pid -> pid != ProcessHandle.current().pid())
                .collect(Collectors.toSet());
        pool.close();
        Processes.awaitGone(Duration.ofSeconds(5), pids);
    }

    @Override
    public ProcessPool pool() {
        assertEquals(2, pool.size());
        return pool;
    }

    @Override
    public ProcessPool newPool(int workers) {
        return ProcessPool.workers(workers);
    }
}
