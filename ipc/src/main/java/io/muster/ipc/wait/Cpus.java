package io.muster.ipc.wait;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The CPUs that there are for spinning: those that this process may run on, those of the machine, and the quotas. Not {@code
 * availableProcessors()}: in a child that is its share of the machine, often 1.
 */
final class Cpus {
    /** Below this a spinning thread uses up half of what the container may use, or more. */
    private static final double TIGHT_QUOTA_CPUS = 2.0;

    private final Path root;

    Cpus(Path root) {
        this.root = root;
    }

    /** Looked up once: a change of affinity or quota is not noticed. */
    static Spinning spinning() {
        return Holder.SPINNING;
    }

    private static final class Holder {
        static final Spinning SPINNING = new Cpus(Path.of("/")).measure();
    }

    Spinning measure() {
        int allowed = allowedCpus();
        if (quotaCpus() < TIGHT_QUOTA_CPUS || Math.max(allowed, machineCpus()) == 1) {
            return Spinning.NEVER;
        }
        return allowed == 1 ? Spinning.ONCE_IN_A_WHILE : Spinning.FREELY;
    }

    /** From the kernel's affinity list, such as {@code 0-3,8}; where there is none, what the JVM says. */
    int allowedCpus() {
        for (String line : read("proc/self/status")) {
            if (line.startsWith("Cpus_allowed_list:")) {
                return countList(line.substring(line.indexOf(':') + 1).trim());
            }
        }
        return Runtime.getRuntime().availableProcessors();
    }

    /** Those that are switched on; 1 if it cannot be seen. */
    private int machineCpus() {
        List<String> lines = read("sys/devices/system/cpu/online");
        return lines.isEmpty() ? 1 : countList(lines.get(0).trim());
    }

    private static int countList(String list) {
        int count = 0;
        for (String part : list.split(",")) {
            int dash = part.indexOf('-');
            count += dash < 0
                    ? 1
                    : Integer.parseInt(part.substring(dash + 1).trim())
                            - Integer.parseInt(part.substring(0, dash).trim())
                            + 1;
        }
        return count;
    }

    /** The smallest quota of the control groups that this process is in; infinity if there is none. */
    double quotaCpus() {
        double smallest = Double.POSITIVE_INFINITY;
        for (String line : read("proc/self/cgroup")) {
            String[] fields = line.split(":", 3);
            if (fields.length == 3 && fields[1].isEmpty()) {
                smallest = Math.min(smallest, smallestUpwards("sys/fs/cgroup", fields[2], true));
            } else if (fields.length == 3 && List.of(fields[1].split(",")).contains("cpu")) {
                smallest = Math.min(smallest, smallestUpwards("sys/fs/cgroup/cpu", fields[2], false));
            }
        }
        return smallest;
    }

    /** A limit may stand at any level above; in a container the path shown may not exist, but the mount's root does. */
    private double smallestUpwards(String mount, String group, boolean unified) {
        double smallest = Double.POSITIVE_INFINITY;
        Path base = root.resolve(mount);
        for (Path at = base.resolve(group.substring(1)).normalize();
                at != null && at.startsWith(base);
                at = at.getParent()) {
            smallest = Math.min(smallest, unified ? unifiedQuota(at) : legacyQuota(at));
        }
        return smallest;
    }

    private double unifiedQuota(Path group) {
        List<String> lines = readLines(group.resolve("cpu.max"));
        String[] fields = lines.isEmpty() ? new String[0] : lines.get(0).trim().split(" ");
        return fields.length == 2 ? ratio(fields[0], fields[1]) : Double.POSITIVE_INFINITY;
    }

    private double legacyQuota(Path group) {
        List<String> quota = readLines(group.resolve("cpu.cfs_quota_us"));
        List<String> period = readLines(group.resolve("cpu.cfs_period_us"));
        return quota.isEmpty() || period.isEmpty()
                ? Double.POSITIVE_INFINITY
                : ratio(quota.get(0).trim(), period.get(0).trim());
    }

    private static double ratio(String quota, String period) {
        return quota.equals("max") || quota.startsWith("-")
                ? Double.POSITIVE_INFINITY
                : Double.parseDouble(quota) / Double.parseDouble(period);
    }

    private List<String> read(String file) {
        return readLines(root.resolve(file));
    }

    private static List<String> readLines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException | RuntimeException notThere) {
            return List.of();
        }
    }
}
