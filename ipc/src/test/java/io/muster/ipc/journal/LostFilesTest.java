package io.muster.ipc.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.wait.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that were moved away, as is said of damaged ones, and files that cannot be deleted. */
@Timeout(30)
class LostFilesTest {
    @TempDir
    Path temp;

    private Path path;
    private final AtomicLong clock =
            new AtomicLong(Instant.parse("2026-03-01T10:00:00Z").toEpochMilli());

    @BeforeEach
    void choosePath() {
        path = temp.resolve("journal");
    }

    private WorkQueue<String> work() {
        return WorkQueue.builder(path, String.class)
                .roll(Roll.MINUTE)
                .retain(Duration.ofDays(1))
                .clock(clock::get)
                .open();
    }

    private TopicBuilder<String> topic() {
        return Topic.builder(path, String.class).roll(Roll.MINUTE).clock(clock::get);
    }

    private void nextMinute() {
        clock.addAndGet(Duration.ofMinutes(1).toMillis());
    }

    private Path file(String minute) {
        return path.resolve("entries").resolve("20260301-" + minute + ".cq4");
    }

    private static void acknowledge(WorkQueue<String> queue, String... entries) {
        for (String each : entries) {
            Delivery<String> delivery = queue.poll();
            assertEquals(each, delivery.entry());
            assertTrue(delivery.ack());
        }
        assertNull(queue.poll());
    }

    private static List<String> drain(Subscriber<String> subscriber) {
        List<String> all = new ArrayList<>();
        for (String each = subscriber.poll(); each != null; each = subscriber.poll()) {
            all.add(each);
        }
        return all;
    }

    @Test
    void workThatIsDoneIsNotGivenAgainWhenTheNewestFileIsLost() throws Exception {
        try (WorkQueue<String> queue = work()) {
            queue.append("a");
            nextMinute();
            queue.append("b");
            queue.append("c");
            acknowledge(queue, "a", "b", "c");
        }
        Files.delete(file("1001"));
        try (WorkQueue<String> queue = work()) {
            assertNull(queue.poll());
            queue.append("d");
            acknowledge(queue, "d");
            nextMinute();
            queue.append("e");
            acknowledge(queue, "e");
        }
    }

    @Test
    void aSubscriberGoesOnBehindTheFileThatWasLost() throws Exception {
        try (Topic<String> topic = topic().open();
                Subscriber<String> mail = topic.subscribe("mail")) {
            topic.append("a");
            nextMinute();
            topic.append("b");
            assertEquals(List.of("a", "b"), drain(mail));
            nextMinute();
            topic.append("c");
        }
        Files.delete(file("1001"));
        try (Topic<String> topic = topic().open();
                Subscriber<String> mail = topic.subscribe("mail")) {
            assertEquals(List.of("c"), drain(mail));
        }
    }

    @Test
    void retentionForAnyTimeAtAllKeepsEverything() {
        for (Duration age : new Duration[] {Duration.ofSeconds(Long.MAX_VALUE), Duration.ofDays(1 << 30)}) {
            try (Topic<String> topic = topic().retain(age).open()) {
                for (int i = 0; i < 3; i++) {
                    topic.append("x");
                    nextMinute();
                }
                assertEquals(0, topic.trim());
                assertTrue(topic.count() >= 3);
            }
        }
    }

    /** A file that is mapped somewhere takes its place on the disk, whether it has a name or not. */
    @Test
    void aConsumerThatGetsNothingHoldsNoFileThatWasDeleted() throws Exception {
        try (WorkQueue<String> busy = work();
                WorkQueue<String> idle = work()) {
            busy.append("a");
            idle.poll().nack();
            acknowledge(idle, "a");
            for (int i = 0; i < 3; i++) {
                nextMinute();
                busy.append("b");
                acknowledge(busy, "b");
            }
            clock.addAndGet(Duration.ofDays(2).toMillis());
            assertTrue(busy.trim() > 0);
            assertNull(idle.poll());
            assertNull(busy.poll());
            Eventually.until("no deleted file is mapped", LostFilesTest::noDeletedFileIsMapped);
        }
    }

    private static boolean noDeletedFileIsMapped() {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            return maps.noneMatch(each -> each.contains(ChronicleLog.FILE_END) && each.endsWith("(deleted)"));
        } catch (IOException e) {
            return true; // Where there are no such maps, nobody can tell.
        }
    }

    /** The entry is there: an exception would have it appended twice. */
    @Test
    void aFileThatCannotBeDeletedFailsNoAppend() throws Exception {
        try (Topic<String> topic = topic().retain(Duration.ofMinutes(1)).open()) {
            topic.append("a");
            nextMinute();
            topic.append("b");
            Files.delete(file("1000"));
            Path obstacle = Files.createDirectory(file("1000"));
            Files.createFile(obstacle.resolve("in the way"));
            for (String each : List.of("c", "d", "e")) {
                nextMinute();
                topic.append(each);
            }
            assertThrows(JournalException.class, topic::trim);
            Files.delete(obstacle.resolve("in the way"));
            Files.delete(obstacle);
            assertTrue(topic.trim() > 0);
            assertEquals(List.of("d", "e"), drain(topic.subscribe(Start.beginning())));
        }
    }

    @Test
    void aSubscriberMayBeginAtAnyTimeAtAll() {
        try (Topic<String> topic = topic().open()) {
            topic.append("a");
            nextMinute();
            topic.append("b");
            for (Instant time : List.of(Instant.MIN, Instant.EPOCH, Instant.EPOCH.minusMillis(1))) {
                assertEquals(List.of("a", "b"), drain(topic.subscribe(Start.at(time))));
            }
            for (Instant time : List.of(Instant.MAX, Instant.ofEpochMilli(Long.MAX_VALUE))) {
                assertNull(topic.subscribe(Start.at(time)).poll());
            }
        }
    }
}
