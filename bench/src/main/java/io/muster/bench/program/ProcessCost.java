package io.muster.bench.program;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What a process takes, as the kernel counts it. */
final class ProcessCost {
    private static final long BYTES_PER_KIB = 1024;

    private final Path threads;
    private final Map<Path, Long> before;

    private ProcessCost(Path threads, Map<Path, Long> before) {
        this.threads = threads;
        this.before = before;
    }

    /** Proportional set size in bytes: pages that several processes share are divided among them. */
    static long pssBytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            if (line.startsWith("Pss:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * BYTES_PER_KIB;
            }
        }
        throw new IOException("no Pss in the kernel's account of process " + pid);
    }

    /** Begins to count the time that a process spends on processors. */
    static ProcessCost from(long pid) throws IOException {
        Path threads = Path.of("/proc/" + pid + "/task");
        return new ProcessCost(threads, cpuNanos(threads));
    }

    /**
     * Nanoseconds on a processor since then, of all threads that live now: what one has taken that has ended meanwhile is not
     * in it. Clock ticks, which would have it, are a hundredth of a second.
     */
    long cpuNanos() throws IOException {
        long sum = 0;
        for (Map.Entry<Path, Long> thread : cpuNanos(threads).entrySet()) {
            sum += thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
        }
        return sum;
    }

    private static Map<Path, Long> cpuNanos(Path threads) throws IOException {
        Map<Path, Long> nanos = new HashMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
            for (Path thread : all) {
                try {
                    String account = Files.readString(thread.resolve("schedstat"));
                    nanos.put(thread, Long.parseLong(account.split(" ")[0]));
                } catch (NoSuchFileException e) {
                    // It has just ended.
                }
            }
        }
        return nanos;
    }
}
