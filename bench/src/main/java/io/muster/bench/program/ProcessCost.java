package io.muster.bench.program;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What a process takes, as the kernel counts it. */
final class ProcessCost {
    private static final long BYTES_PER_KIB = 1024;

    private ProcessCost() {}

    /** Proportional set size in bytes: pages that several processes share are divided among them. */
    static long pssBytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            if (line.startsWith("Pss:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * BYTES_PER_KIB;
            }
        }
        throw new IOException("no Pss in the kernel's account of process " + pid);
    }

    /** Nanoseconds on a processor, of all threads that live now; clock ticks would be a hundredth of a second. */
    static long cpuNanos(long pid) throws IOException {
        long sum = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads) {
                sum += cpuNanos(thread);
            }
        }
        return sum;
    }

    private static long cpuNanos(Path thread) throws IOException {
        try {
            return Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ")[0]);
        } catch (NoSuchFileException e) {
            return 0; // It has just ended.
        }
    }
}
