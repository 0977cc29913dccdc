package io.muster.internal.pool;

import io.muster.ChildOutput;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A pool's settings, complete and checked.
 *
 * @param heapBytes a worker's maximum heap, or 0 for its share of the memory
 * @param classPath or null for what is found
 * @param javaHome or null for this JVM's
 */
record PoolConfig(
        String name,
        int workers,
        long heapBytes,
        List<String> jvmArgs,
        Map<String, String> systemProperties,
        Map<String, String> environment,
        List<String> classPath,
        Path javaHome,
        ChildOutput output,
        ClassLoader classLoader) {

    private static final int MOST_IN_FILE_NAME = 40;

    /** The pool's name as far as a file may be named so. */
    String fileName() {
        String safe = name.replaceAll("[^A-Za-z0-9_-]", "_");
        return "pool-" + safe.substring(0, Math.min(safe.length(), MOST_IN_FILE_NAME));
    }

    String workerName(int index) {
        return name + "-worker-" + (index + 1);
    }
}
