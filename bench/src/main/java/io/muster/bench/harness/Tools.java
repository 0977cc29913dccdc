package io.muster.bench.harness;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is installed on this machine, by absolute path; looked up once. */
public final class Tools {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Optional<String> python;
    private final Optional<String> compiler;
    private final Optional<String> taskset;
    private final List<Integer> cpus;

    private Tools(Optional<String> python, Optional<String> compiler, Optional<String> taskset, List<Integer> cpus) {
        this.python = python;
        this.compiler = compiler;
        this.taskset = taskset;
        this.cpus = cpus;
    }

    /** Looks around. */
    public static Tools find() throws InterruptedException {
        Optional<String> compiler = onPath("cc");
        return new Tools(
                realPython(onPath("python3")),
                compiler.isPresent() ? compiler : onPath("gcc"),
                onPath("taskset"),
                allowedCpus());
    }

    public Optional<String> python() {
        return python;
    }

    public Optional<String> compiler() {
        return compiler;
    }

    public Optional<String> taskset() {
        return taskset;
    }

    /** The class path of the peers that are Java libraries, if a build has noted it. */
    Optional<String> peerJars() {
        String home = System.getProperty("muster.home");
        Path note = Path.of(home == null ? ".." : home, "bench", "target", "peers.classpath");
        try {
            return Optional.of(Files.readString(note).trim());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    int firstCpu() {
        return cpus.get(0);
    }

    int lastCpu() {
        return cpus.get(cpus.size() - 1);
    }

    /** The first line that a command prints; empty if it fails. */
    static Optional<String> firstLine(String... command) throws InterruptedException {
        try {
            return Launch.run(List.of(command), LIMIT).stream().findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The interpreter itself: a wrapper on the PATH would be measured too. */
    private static Optional<String> realPython(Optional<String> found) throws InterruptedException {
        return found.isEmpty() ? found : firstLine(found.get(), "-c", "import sys; print(sys.executable)");
    }

    private static Optional<String> onPath(String name) {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path file = Path.of(directory, name);
            if (!directory.isEmpty() && Files.isRegularFile(file) && Files.isExecutable(file)) {
                return Optional.of(file.toString());
            }
        }
        return Optional.empty();
    }

    private static List<Integer> allowedCpus() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("Cpus_allowed_list:")) {
                    return parseCpus(line.substring(line.indexOf(':') + 1).trim());
                }
            }
        } catch (IOException e) {
            // No /proc: then nothing can be pinned either.
        }
        return List.of(0);
    }

    /** From the kernel's notation, such as {@code 0-3,8}. */
    static List<Integer> parseCpus(String list) {
        List<Integer> cpus = new ArrayList<>();
        for (String part : list.split(",")) {
            String[] ends = part.split("-");
            for (int cpu = Integer.parseInt(ends[0]); cpu <= Integer.parseInt(ends[ends.length - 1]); cpu++) {
                cpus.add(cpu);
            }
        }
        return cpus;
    }
}
