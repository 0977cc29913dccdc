package io.muster.internal.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory this JVM and its children may use together: the container's limit, else what the machine has. */
final class MemoryCeiling {
    private static final long NO_LIMIT_FROM = 1L << 60;
    private static final long KILO = 1024;

    private MemoryCeiling() {}

    /** Bytes; {@code root} is {@code /}, another directory in tests. */
    static long bytes(Path root) {
        long ceiling = machine(root);
        String groups = read(root.resolve("proc/self/cgroup"));
        for (String line : groups.split("\n")) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && parts[1].isEmpty()) {
                ceiling = Math.min(ceiling, tightest(root.resolve("sys/fs/cgroup"), parts[2], "memory.max"));
            } else if (parts.length == 3 && parts[1].equals("memory")) {
                ceiling = Math.min(
                        ceiling, tightest(root.resolve("sys/fs/cgroup/memory"), parts[2], "memory.limit_in_bytes"));
            }
        }
        return ceiling;
    }

    /** From the process's own group up to the mount, as a limit may stand at any level. */
    private static long tightest(Path mount, String group, String file) {
        long limit = Long.MAX_VALUE;
        for (Path at = Path.of(group); at != null; at = at.getParent()) {
            limit = Math.min(
                    limit, limit(mount.resolve(Path.of("/").relativize(at)).resolve(file)));
        }
        return limit;
    }

    private static long limit(Path file) {
        try {
            long value = Long.parseLong(read(file).trim());
            return value >= NO_LIMIT_FROM ? Long.MAX_VALUE : value;
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE; // "max", or no such file
        }
    }

    private static long machine(Path root) {
        for (String line : read(root.resolve("proc/meminfo")).split("\n")) {
            if (line.startsWith("MemTotal:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * KILO;
            }
        }
        return Runtime.getRuntime().maxMemory() * 4; // not Linux: the JVM's default heap is a quarter of the machine
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
