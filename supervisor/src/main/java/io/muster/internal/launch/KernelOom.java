package io.muster.internal.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The kernel's count of processes that it killed for memory. A SIGKILL that nobody owns up to is put down to the kernel if
 * the count has risen and no earlier death claimed that rise.
 *
 * <p>The count of this process's own control group decides, as children are in it unless they were moved: that of the
 * machine rises for others' processes too, in a container for those of other containers. The machine's is looked at only
 * where the group has none.
 */
final class KernelOom {
    private static final String KEY = "oom_kill ";
    private static final long NO_COUNT = -1;

    private final Path source;
    private long accounted;

    KernelOom() {
        this(Path.of("/"));
    }

    /** @param root {@code /}, another directory in tests */
    KernelOom(Path root) {
        this.source = candidates(root).stream()
                .filter(file -> count(file) != NO_COUNT)
                .findFirst()
                .orElse(null);
        this.accounted = source == null ? 0 : count(source);
    }

    /** Evidence for one more killing by the kernel, or null if there was none. Claims it, so that it counts once. */
    synchronized String claim() {
        long now = source == null ? NO_COUNT : count(source);
        if (now <= accounted) {
            return null;
        }
        accounted++;
        return "the count oom_kill in " + source + " rose to " + now;
    }

    /** Reads the count and does nothing with it. */
    void rehearse() {
        if (source != null) {
            count(source);
        }
    }

    /** Files with a count, the one that says most of this process's children first. */
    private static List<Path> candidates(Path root) {
        Path mount = root.resolve("sys/fs/cgroup");
        List<Path> files = new ArrayList<>();
        for (String line : read(root.resolve("proc/self/cgroup"))) {
            String[] parts = line.split(":", 3);
            if (parts.length != 3) {
                continue;
            }
            String group = parts[2].replaceFirst("^/+", "");
            if (parts[1].isEmpty()) {
                files.add(mount.resolve(group).resolve("memory.events"));
            } else if (List.of(parts[1].split(",")).contains("memory")) {
                files.add(mount.resolve("memory").resolve(group).resolve("memory.oom_control"));
            }
        }
        // In a container the group's path may be the host's, while its own group is mounted at the top.
        files.add(mount.resolve("memory.events"));
        files.add(mount.resolve("memory/memory.oom_control"));
        files.add(root.resolve("proc/vmstat"));
        return files;
    }

    private static long count(Path file) {
        String text;
        try {
            // As one string and not line by line: somebody waits for this verdict.
            text = "\n" + new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return NO_COUNT;
        }
        int at = text.indexOf("\n" + KEY);
        int end = text.indexOf('\n', at + 1);
        try {
            return at < 0
                    ? NO_COUNT
                    : Long.parseLong(text.substring(at + 1 + KEY.length(), end < 0 ? text.length() : end)
                            .trim());
        } catch (NumberFormatException e) {
            return NO_COUNT;
        }
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
