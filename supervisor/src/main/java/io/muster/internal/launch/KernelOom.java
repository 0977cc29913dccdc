package io.muster.internal.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Counts of processes that the kernel killed for memory: those of our control group and of the machine. A SIGKILL that
 * nobody owns up to is put down to the kernel if a count has risen and no earlier death claimed that rise.
 */
final class KernelOom {
    private final Path root;
    private long accounted;

    KernelOom() {
        this(Path.of("/"));
    }

    KernelOom(Path root) {
        this.root = root;
        this.accounted = count();
    }

    /** Evidence for one more killing by the kernel, or null if there was none. Claims it, so that it counts once. */
    synchronized String claim() {
        long now = count();
        if (now <= accounted) {
            return null;
        }
        accounted++;
        return "oom_kill count of its memory control group or of the machine rose to " + now;
    }

    /** The larger of the two, as each killing in a group counts for the machine as well. */
    private long count() {
        long most = Math.max(0, valueOf(read("proc/vmstat"), "oom_kill "));
        for (String line : read("proc/self/cgroup")) {
            String[] parts = line.split(":", 3);
            if (parts.length != 3) {
                continue;
            }
            if (parts[1].isEmpty()) {
                most = Math.max(most, valueOf(read("sys/fs/cgroup" + parts[2] + "/memory.events"), "oom_kill "));
                most = Math.max(most, valueOf(read("sys/fs/cgroup/memory.events"), "oom_kill "));
            } else if (parts[1].equals("memory")) {
                most = Math.max(
                        most, valueOf(read("sys/fs/cgroup/memory" + parts[2] + "/memory.oom_control"), "oom_kill "));
            }
        }
        return most;
    }

    private static long valueOf(List<String> lines, String key) {
        for (String line : lines) {
            if (line.startsWith(key)) {
                try {
                    return Long.parseLong(line.substring(key.length()).trim());
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 0;
    }

    private List<String> read(String file) {
        try {
            return Files.readAllLines(root.resolve(file));
        } catch (IOException e) {
            return List.of();
        }
    }
}
