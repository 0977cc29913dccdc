package io.muster.internal.doctor;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Room for shared memory and for the heaps of children. */
final class MemoryChecks {
    private static final long MIB = 1L << 20;
    private static final long SHARED_MEMORY_WANTED_BYTES = 256 * MIB;
    /** What a child needs at least, beside its heap. */
    private static final long CHILD_BYTES = 128 * MIB;

    private MemoryChecks() {}

    static void addTo(List<Finding> findings, SystemFiles system) {
        findings.add(sharedMemory(system.path("dev/shm")));
        findings.add(memory(system));
        oomGroup(findings, system);
    }

    static Finding sharedMemory(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Finding.note(
                    "shared memory",
                    directory + " is not there; the temp directory is used, which may lie on a disk",
                    "mount a tmpfs there, or name a directory with -Dmuster.dir=DIR");
        }
        try {
            FileStore store = Files.getFileStore(directory);
            long total = store.getTotalSpace();
            long free = store.getUsableSpace();
            String text = directory + ": " + mib(free) + " of " + mib(total) + " free";
            if (!Files.isWritable(directory)) {
                return Finding.note(
                        "shared memory", directory + " cannot be written", "name a directory with -Dmuster.dir=DIR");
            }
            return free >= SHARED_MEMORY_WANTED_BYTES
                    ? Finding.ok("shared memory", text)
                    : Finding.note(
                            "shared memory",
                            text + ": enough for small things only",
                            total < SHARED_MEMORY_WANTED_BYTES
                                    ? "in a container: docker run --shm-size=1g; else: mount -o remount,size=1g "
                                            + directory
                                    : "see what fills it (muster clean removes what dead processes of Muster left)");
        } catch (IOException e) {
            return Finding.problem("shared memory", directory + ": " + e, "name a directory with -Dmuster.dir=DIR");
        }
    }

    static Finding memory(SystemFiles system) {
        long machine = system.read("proc/meminfo")
                .flatMap(text -> text.lines()
                        .filter(line -> line.startsWith("MemTotal:"))
                        .findFirst())
                .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .orElse(Long.MAX_VALUE);
        Optional<Long> limit = system.readControlGroup("memory.max").stream()
                .filter(value -> value.chars().allMatch(Character::isDigit))
                .map(Long::valueOf)
                .min(Long::compare)
                .filter(bytes -> bytes < machine);
        long usable = limit.orElse(machine);
        String text = usable == Long.MAX_VALUE
                ? "unknown"
                : mib(usable) + (limit.isPresent() ? ", the limit of this container" : ", all of the machine");
        return usable >= 4 * CHILD_BYTES
                ? Finding.ok("memory", text)
                : Finding.note("memory", text, "a child needs about 64 MiB beside its heap: few workers, small heaps");
    }

    private static void oomGroup(List<Finding> findings, SystemFiles system) {
        if (system.readControlGroup("memory.oom.group").contains("1")) {
            findings.add(
                    Finding.note(
                            "out of memory",
                            "memory.oom.group is set: when memory ends the kernel kills the whole container, not one worker",
                            "give workers a heap (heap(\"256m\")) so that they end before; on Kubernetes: singleProcessOOMKill"));
        }
    }

    static String mib(long bytes) {
        return String.format("%,d MiB", bytes / MIB);
    }
}
