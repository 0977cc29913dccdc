import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What the Java peers have in common. */
class Peer {
    static final int WARM_UPS = 10_000;

    static boolean said;
    static volatile boolean ending;

    static void hold() {
        Thread watch = new Thread(() -> {
            try {
                System.in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // Ended as well.
            }
            Runtime.getRuntime().halt(1);
        });
        watch.setDaemon(true);
        watch.start();
    }

    /** A name for what two processes share, in memory; the bench removes what is left there. */
    static Path newPath(String name) throws IOException {
        return Files.createTempDirectory(Path.of(System.getProperty("peer.directory")), "peer-").resolve(name);
    }

    static void delete(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path.getParent())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    static void show(String metric, String who, CharSequence costs) {
        System.out.println(metric + "\t" + who + "\t" + costs);
    }

    /** A second process of this kind says that it has begun. */
    static void ready() {
        if (!said && System.getProperty("peer.second") != null) {
            said = true;
            System.out.write('.');
            System.out.flush();
        }
    }

    /** Runs the main class again, as this JVM was started. If that process ends by itself, so does this one. */
    static Process again(Object... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-Dpeer.second=true");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(System.getProperty("sun.java.command").split(" ")[0]);
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        process.onExit().thenRun(() -> {
            if (!ending) {
                System.err.println("the second process has ended: " + process.exitValue());
                Runtime.getRuntime().halt(1); // nobody would answer
            }
        });
        return process;
    }

    static void end(Process second) throws InterruptedException {
        ending = true;
        second.destroyForcibly().waitFor();
    }

    /** What a second process does when it has done all: whatever it shares stays there until the first one ends it. */
    static void park() throws InterruptedException {
        Thread.currentThread().join();
    }

    /** Between two looks. It yields now and then: on a busy machine the other side may wait for this very processor. */
    static void spin(int looks) {
        if (looks % 10_000 == 0) {
            Thread.yield();
        } else {
            Thread.onSpinWait();
        }
    }

    interface Step {
        void run() throws Exception;
    }

    /** How many round trips there are, with those that do not count. */
    static int all(int trips) {
        return trips + trips / 2 + WARM_UPS;
    }

    /** Times each round trip. */
    static void roundTrips(String metric, String who, int trips, Step step) throws Exception {
        StringBuilder costs = new StringBuilder();
        long[] nanos = new long[trips];
        for (int i = trips - all(trips); i < trips; i++) {
            long start = System.nanoTime();
            step.run();
            nanos[Math.max(0, i)] = System.nanoTime() - start;
        }
        for (long cost : nanos) {
            costs.append(cost).append(' ');
        }
        show(metric, who, costs);
    }

    /** How many rounds there are, with those that do not count. */
    static int allRounds(int rounds) {
        return rounds + Math.max(rounds / 2, 2);
    }

    /** Times rounds of many messages each. */
    static void rounds(String metric, String who, int rounds, int items, Step step) throws Exception {
        StringBuilder costs = new StringBuilder();
        for (int i = rounds - allRounds(rounds); i < rounds; i++) {
            long start = System.nanoTime();
            step.run();
            long nanos = System.nanoTime() - start;
            if (i >= 0) {
                costs.append((double) nanos / items).append(' ');
            }
        }
        show(metric, who, costs);
    }
}
