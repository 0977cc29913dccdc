package io.muster.internal.pool;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.ProcessPool;

/** The contract over worker processes, with waiting as on systems without futexes; for a JVM of its own. */
class PortablePoolTest extends ProcessPoolContract {
    private static final String PROPERTY = "muster.wait.portable";

    @Override
    public ProcessPool newPool(int workers) {
        assumeTrue(Boolean.getBoolean(PROPERTY), PROPERTY + " must be set before this JVM first waits");
        return ProcessPool.builder()
                .workers(workers)
                .systemProperty(PROPERTY, "true")
                .start();
    }
}
