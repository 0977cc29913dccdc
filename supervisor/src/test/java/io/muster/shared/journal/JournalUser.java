package io.muster.shared.journal;

import io.muster.ChildProcess;
import io.muster.ipc.journal.Delivery;
import io.muster.ipc.journal.Subscriber;
import io.muster.ipc.journal.Topic;
import io.muster.ipc.journal.WorkQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Random;

/**
 * What runs in the children. Each writes down what it was promised in a file of its own, a line at a time, right after the call
 * returned: a kill may lose the last line, never make one up.
 */
final class JournalUser {
    private JournalUser() {}

    static void produce(Path directory, Path log, String name, int entries) throws Exception {
        try (WorkQueue<String> queue = WorkQueue.open(directory, String.class)) {
            for (int i = 0; i < entries; i++) {
                String entry = name + "-" + i;
                queue.append(entry);
                note(log, entry);
            }
        }
    }

    /** Takes until it is killed or finds nothing for a while after {@code stop} is there. */
    static void consume(Path directory, Path log, Path stop) throws Exception {
        Random random = new Random();
        try (WorkQueue<String> queue = WorkQueue.open(directory, String.class)) {
            while (true) {
                Delivery<String> delivery = queue.poll(Duration.ofMillis(100));
                if (delivery == null) {
                    if (Files.exists(stop) && queue.counts().open() == 0) {
                        return;
                    }
                    continue;
                }
                note(log, "got " + delivery.entry());
                boolean moody = random.nextInt(50) == 0;
                if (moody) {
                    delivery.nack(Duration.ofMillis(random.nextInt(20)));
                } else if (delivery.ack()) {
                    note(log, "acked " + delivery.entry());
                }
            }
        }
    }

    static void publish(Path directory, Path log, String name, int entries) throws Exception {
        try (Topic<String> topic = Topic.open(directory, String.class)) {
            for (int i = 0; i < entries; i++) {
                topic.append(name + "-" + i);
                note(log, name + "-" + i);
            }
        }
    }

    /** Reads until the last entry. */
    static void follow(Path directory, Path log, String subscriber) throws Exception {
        try (Topic<String> topic = Topic.open(directory, String.class);
                Subscriber<String> news = topic.subscribe(subscriber)) {
            for (String entry = news.take(); !entry.equals("end"); entry = news.take()) {
                note(log, entry);
            }
        }
    }

    private static void note(Path log, String line) throws Exception {
        Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    static void sayWhetherItWorks(Path directory) {
        try (Topic<String> topic = Topic.open(directory, String.class)) {
            topic.append("x");
            System.out.println("works " + ChildProcess.current().name());
        } catch (RuntimeException e) {
            System.out.println("fails " + e.getMessage());
        }
    }
}
