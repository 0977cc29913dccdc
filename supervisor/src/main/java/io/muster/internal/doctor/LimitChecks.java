package io.muster.internal.doctor;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How many processes, files and processors there may be, and who looks after orphans. */
final class LimitChecks {
    /** A worker takes some 30 threads, which count as processes, and its parent some 10 open files. */
    private static final long PROCESSES_WANTED = 1_000;

    private static final long FILES_WANTED = 1_024;

    private static final Set<String> INITS =
            Set.of("systemd", "init", "tini", "docker-init", "dumb-init", "catatonit", "s6-svscan", "runit", "conmon");

    private final SystemFiles system;
    private final long ownPid;

    LimitChecks(SystemFiles system, long ownPid) {
        this.system = system;
        this.ownPid = ownPid;
    }

    void addTo(List<Finding> findings) {
        findings.add(processors());
        findings.add(atLeast("open files", system.limit("Max open files"), FILES_WANTED, "ulimit -n 4096"));
        Optional<Long> group = system.readControlGroup("pids.max").stream()
                .filter(value -> value.chars().allMatch(Character::isDigit))
                .map(Long::valueOf)
                .min(Long::compare);
        Optional<Long> user = system.limit("Max processes");
        Optional<Long> smaller = group.isPresent() && user.isPresent()
                ? Optional.of(Math.min(group.get(), user.get()))
                : group.or(() -> user);
        findings.add(atLeast(
                "processes",
                smaller,
                PROCESSES_WANTED,
                "ulimit -u 4096; in a container: docker run --pids-limit=4096"));
        findings.add(firstProcess());
    }

    private Finding processors() {
        int usable = Runtime.getRuntime().availableProcessors();
        return usable > 1
                ? Finding.ok("processors", usable + " may be used")
                : Finding.note(
                        "processors",
                        "only one may be used: processes take turns",
                        "more processors, or a higher CPU limit");
    }

    private static Finding atLeast(String subject, Optional<Long> limit, long wanted, String advice) {
        if (limit.isEmpty()) {
            return Finding.ok(subject, "no limit");
        }
        String text = String.format("at most %,d", limit.get());
        return limit.get() >= wanted ? Finding.ok(subject, text) : Finding.note(subject, text, advice);
    }

    /** Whoever is process 1 has to reap orphans; a program that does not know it collects zombies. */
    private Finding firstProcess() {
        String advice = "docker run --init, or tini as the entry point; on Kubernetes shareProcessNamespace";
        if (ownPid == 1) {
            return Finding.note("process 1", "this JVM: it would not reap orphaned grandchildren", advice);
        }
        String name = system.read("proc/1/comm").orElse("unknown");
        return INITS.contains(name) || name.equals("unknown")
                ? Finding.ok("process 1", name)
                : Finding.note("process 1", "'" + name + "', which may not reap orphaned grandchildren", advice);
    }
}
