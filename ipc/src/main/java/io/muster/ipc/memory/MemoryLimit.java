package io.muster.ipc.memory;

/**
 * What the control groups of this process still let it use of memory, whichever version of them the kernel has.
 *
 * <p>The limit may stand at any level: the tightest one counts. Cache that the kernel can drop counts as free.
 */
final class MemoryLimit {
    private static final MemoryLimit NONE = new MemoryLimit(Long.MAX_VALUE);

    private final long remainingBytes;

    private MemoryLimit(long remainingBytes) {
        this.remainingBytes = remainingBytes;
    }

    static MemoryLimit current() {
        String groups = SmallFile.readOrNull("/proc/self/cgroup");
        return groups == null ? NONE : of(groups, "/sys/fs/cgroup");
    }

    /**
     * @param groups the text of {@code /proc/self/cgroup}
     * @param root where control groups are mounted
     */
    static MemoryLimit of(String groups, String root) {
        long remaining = Long.MAX_VALUE;
        for (String line : groups.split("\n")) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && parts[1].isEmpty()) {
                remaining = Math.min(remaining, tightest(root, parts[2], V2));
            } else if (parts.length == 3 && ("," + parts[1] + ",").contains(",memory,")) {
                remaining = Math.min(remaining, tightest(root + "/memory", parts[2], V1));
            }
        }
        return new MemoryLimit(remaining);
    }

    /** Bytes left before the limit; {@link Long#MAX_VALUE} where there is none. */
    long remainingBytes() {
        return remainingBytes;
    }

    private static final String[] V1 = {"memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"};
    private static final String[] V2 = {"memory.max", "memory.current", "inactive_file"};

    private static long tightest(String mount, String group, String[] names) {
        long tightest = Long.MAX_VALUE;
        String path = group;
        // In a container the path may be the host's while only our own group is mounted: the loop ends at the mount.
        while (true) {
            tightest = Math.min(tightest, remaining(mount + path, names));
            if (path.isEmpty() || path.equals("/")) {
                return tightest;
            }
            path = path.substring(0, path.lastIndexOf('/'));
        }
    }

    private static long remaining(String directory, String[] names) {
        String limitText = SmallFile.readOrNull(directory + "/" + names[0]);
        if (limitText == null) {
            return Long.MAX_VALUE;
        }
        // "max", or in version 1 a number near 2^63, means no limit.
        long limit = SmallFile.leadingNumber(limitText, 0, Long.MAX_VALUE);
        if (limit > 1L << 60) {
            return Long.MAX_VALUE;
        }
        String usedText = SmallFile.readOrNull(directory + "/" + names[1]);
        long used = usedText == null ? 0 : SmallFile.leadingNumber(usedText, 0, 0);
        long droppable = SmallFile.numberAfter(SmallFile.readOrNull(directory + "/memory.stat"), names[2] + " ", 0);
        return Math.max(0, limit - used + droppable);
    }
}
