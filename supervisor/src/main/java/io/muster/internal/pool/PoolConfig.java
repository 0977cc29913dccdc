package io.muster.internal.pool;

import io.muster.ChildOutput;
import java.util.List;
import java.util.Map;

/**
 * A pool's settings, complete and checked.
 *
 * @param heapBytes a worker's maximum heap, or 0 for its share of the memory
 * @param classPath or null for what is found
 */
record PoolConfig(
        String name,
        int workers,
        long heapBytes,
        List<String> jvmArgs,
        Map<String, String> systemProperties,
        Map<String, String> environment,
        List<String> classPath,
        ChildOutput output,
        ClassLoader classLoader) {

    String workerName(int index) {
        return name + "-worker-" + (index + 1);
    }
}
