package io.muster.bench.program;

import io.muster.ChildProcess;
import io.muster.bench.harness.Group;
import io.muster.ipc.journal.Delivery;
import io.muster.ipc.journal.Topic;
import io.muster.ipc.journal.WorkQueue;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Journals. Arguments: a directory for them; how many writers, and consumers, to kill; rounds of entries; entries of a round. Or, to be
 * killed: {@code consume}; a work queue; a file for word that it goes well.
 */
public final class JournalProgram {
    private static final long GLANCE_NANOS = 1_000_000;
    /** A writer is compiled then. */
    private static final int WARM_UPS = 20_000;

    private static long sum;

    private final Figures figures = new Figures(Group.MUSTER);
    private final Path directory;

    private JournalProgram(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] args) throws Exception {
        Lifeline.hold();
        if (args[0].equals("consume")) {
            consumeForEver(args[1], args[2]);
            return;
        }
        int kills = Integer.parseInt(args[1]);
        int rounds = Integer.parseInt(args[2]);
        int entries = Integer.parseInt(args[3]);
        Path directory = Files.createTempDirectory(Path.of(args[0]), "journals-");
        try {
            JournalProgram program = new JournalProgram(directory);
            program.append(rounds, entries);
            program.work(rounds, entries / 2);
            program.stall(kills);
            program.claims(kills);
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void append(int rounds, int entries) throws Exception {
        try (Topic<Parcel> topic = Topic.open(directory.resolve("append"), Parcel.class)) {
            Timed timed = Timed.rounds(rounds, () -> {
                for (int i = 0; i < entries; i++) {
                    topic.append(Parcel.EXAMPLE);
                }
            });
            figures.printPerItem("append", entries, timed);
        }
    }

    private void work(int rounds, int entries) throws Exception {
        try (WorkQueue<Parcel> queue = WorkQueue.open(directory.resolve("work"), Parcel.class)) {
            Timed timed = Timed.rounds(rounds, () -> {
                for (int i = 0; i < entries; i++) {
                    queue.append(Parcel.EXAMPLE);
                }
                for (int i = 0; i < entries; i++) {
                    take(queue);
                }
            });
            figures.printPerItem("work", entries, timed);
        }
    }

    private static void take(WorkQueue<Parcel> queue) throws InterruptedException {
        Delivery<Parcel> delivery = queue.take();
        sum += delivery.entry().weight();
        if (!delivery.ack()) {
            throw new AssertionError("an entry was taken away from its only consumer");
        }
    }

    private void stall(int kills) throws Exception {
        long[] stalls = new long[kills];
        try (Topic<Parcel> topic = Topic.open(directory.resolve("stall"), Parcel.class)) {
            for (int i = 0; i < WARM_UPS; i++) {
                topic.append(Parcel.EXAMPLE);
            }
            for (int i = -1; i < kills; i++) {
                stalls[Math.max(0, i)] = kill(topic);
            }
        }
        figures.print("stall", stalls);
    }

    /** The longest append of this process from the kill of another writer on, until that has ended. */
    private static long kill(Topic<Parcel> topic) throws Exception {
        Path ready = Files.createTempFile("muster-bench-", ".ready");
        String path = topic.path().toString();
        String file = ready.toString();
        try (ChildProcess writer = ChildProcess.builder().daemon(true).start(() -> appendForEver(path, file))) {
            while (Files.size(ready) < Long.BYTES && writer.isAlive()) {
                LockSupport.parkNanos(GLANCE_NANOS); // between looks; what is measured begins later
            }
            for (int i = 0; i < WARM_UPS; i++) {
                topic.append(Parcel.EXAMPLE);
            }
            writer.kill();
            long longest = 0;
            for (boolean ended = false; !ended; ) {
                ended = !writer.isAlive(); // One more append after that.
                long start = System.nanoTime();
                topic.append(Parcel.EXAMPLE);
                longest = Math.max(longest, System.nanoTime() - start);
            }
            return longest;
        } finally {
            Files.delete(ready);
        }
    }

    private static void appendForEver(String path, String ready) throws IOException {
        try (Topic<Parcel> topic = Topic.open(Path.of(path), Parcel.class)) {
            for (long i = 0; ; i++) {
                topic.append(Parcel.EXAMPLE);
                if (i == WARM_UPS) {
                    FirstStatement.note(i, ready);
                }
            }
        }
    }

    private void claims(int kills) throws Exception {
        long[] stalls = new long[kills];
        try (WorkQueue<Parcel> queue = WorkQueue.open(directory.resolve("claims"), Parcel.class)) {
            for (int i = 0; i < WARM_UPS; i++) {
                queue.append(Parcel.EXAMPLE);
                take(queue);
            }
            for (int i = -1; i < kills; i++) {
                stalls[Math.max(0, i)] = killConsumer(queue);
            }
        }
        figures.print("claims", stalls);
    }

    /** The same for takes, and a process that is no child of ours: nobody says that it has died. */
    private static long killConsumer(WorkQueue<Parcel> queue) throws Exception {
        Path ready = Files.createTempFile("muster-bench-", ".ready");
        Process consumer = startConsumer(queue.path(), ready);
        try {
            while (Files.size(ready) < Long.BYTES && consumer.isAlive()) {
                appendAndTake(queue);
            }
            consumer.destroyForcibly();
            long longest = 0;
            for (boolean ended = false; !ended; ) {
                ended = !consumer.isAlive(); // One more take after that.
                long start = System.nanoTime();
                appendAndTake(queue);
                longest = Math.max(longest, System.nanoTime() - start);
            }
            return longest;
        } finally {
            consumer.destroyForcibly().waitFor();
            Files.delete(ready);
        }
    }

    private static Process startConsumer(Path queue, Path ready) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), JournalProgram.class.getName()));
        command.addAll(List.of("consume", queue.toString(), ready.toString()));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void appendAndTake(WorkQueue<Parcel> queue) throws InterruptedException {
        queue.append(Parcel.EXAMPLE);
        queue.take().ack(); // or another consumer's entry, if that was given back
    }

    private static void consumeForEver(String path, String ready) throws Exception {
        try (WorkQueue<Parcel> queue = WorkQueue.open(Path.of(path), Parcel.class)) {
            for (long i = 0; ; i++) {
                appendAndTake(queue);
                if (i == WARM_UPS / 10) {
                    FirstStatement.note(i, ready);
                }
            }
        }
    }
}
