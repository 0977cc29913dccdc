package io.muster.ipc.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A writer was killed when it had made a new file, and had not come to write an entry into it; or it cannot make one. */
@Timeout(30)
class UnfinishedFileTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");
    private static final int FILE_BYTES = 1 << 20;

    @TempDir
    Path temp;

    private Path path;
    private final AtomicLong clock = new AtomicLong(BEGIN.toEpochMilli());

    @BeforeEach
    void choosePath() {
        path = temp.resolve("journal");
    }

    private Topic<String> topic() {
        return Topic.builder(path, String.class)
                .roll(Roll.MINUTE)
                .clock(clock::get)
                .open();
    }

    private WorkQueue<String> work() {
        return WorkQueue.builder(path, String.class)
                .roll(Roll.MINUTE)
                .clock(clock::get)
                .open();
    }

    private void nextMinute() {
        clock.addAndGet(Duration.ofMinutes(1).toMillis());
    }

    /** @param header 0: it was made; 0x80000000: its header was begun */
    private void leaveUnfinished(String name, int header) throws Exception {
        try (RandomAccessFile file =
                new RandomAccessFile(path.resolve("entries").resolve(name).toFile(), "rw")) {
            file.setLength(FILE_BYTES);
            file.writeInt(Integer.reverseBytes(header));
        }
    }

    private static List<String> drain(Subscriber<String> subscriber) {
        List<String> all = new ArrayList<>();
        for (String each = subscriber.poll(); each != null; each = subscriber.poll()) {
            all.add(each);
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x80000000})
    void asTheNewestOfATopicItHoldsNobodyUp(int header) throws Exception {
        try (Topic<String> topic = topic();
                Subscriber<String> mail = topic.subscribe("mail")) {
            topic.append("a");
            topic.append("b");
            nextMinute();
            leaveUnfinished("20260301-1001.cq4", header);
            assertEquals(2, topic.count());
            assertEquals(2, topic.subscriptions().get(0).behind());
            try (Topic<String> late = topic();
                    Subscriber<String> fresh = late.subscribe("fresh", Start.end());
                    Subscriber<String> all = late.subscribe(Start.beginning())) {
                assertEquals(2, late.count());
                assertNull(fresh.poll());
                assertEquals(List.of("a", "b"), drain(all));
                assertEquals("a", mail.poll());
                late.append("c");
                topic.append("d");
                assertEquals(List.of("c", "d"), drain(fresh));
                assertEquals(List.of("c", "d"), drain(all));
                assertEquals(List.of("b", "c", "d"), drain(mail));
                assertEquals(4, topic.count());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x80000000})
    void amongTheOldOnesOfATopicItHoldsNobodyUp(int header) throws Exception {
        try (Topic<String> topic = topic();
                Subscriber<String> mail = topic.subscribe("mail")) {
            topic.append("a");
            assertEquals("a", mail.poll());
            nextMinute();
            leaveUnfinished("20260301-1001.cq4", header);
            nextMinute();
            topic.append("b");
            assertEquals(2, topic.count());
            assertEquals(List.of("b"), drain(mail));
            try (Topic<String> late = topic();
                    Subscriber<String> all = late.subscribe(Start.beginning())) {
                assertEquals(2, late.count());
                assertEquals(List.of("a", "b"), drain(all));
                assertEquals(List.of("b"), drain(late.subscribe(Start.at(BEGIN.plusSeconds(60)))));
                late.append("c");
                assertEquals(List.of("c"), drain(all));
                assertEquals(List.of("c"), drain(mail));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x80000000})
    void asTheOnlyOneItHoldsNobodyUp(int header) throws Exception {
        topic().close();
        leaveUnfinished("20260301-1000.cq4", header);
        try (Topic<String> topic = topic();
                Subscriber<String> fresh = topic.subscribe(Start.end());
                Subscriber<String> all = topic.subscribe(Start.beginning())) {
            assertEquals(0, topic.count());
            assertNull(all.poll());
            topic.append("a");
            assertEquals(List.of("a"), drain(all));
            assertEquals(List.of("a"), drain(fresh));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x80000000})
    void itHoldsNoWorkUp(int header) throws Exception {
        try (WorkQueue<String> queue = work()) {
            queue.append("a");
            queue.append("b");
            queue.poll().ack();
            nextMinute();
            leaveUnfinished("20260301-1001.cq4", header);
            assertEquals(new WorkQueue.Counts(1, 0, 0, 0), queue.counts());
            nextMinute();
            queue.append("c");
            try (WorkQueue<String> late = work()) {
                assertEquals(2, late.counts().open());
                for (String each : List.of("b", "c")) {
                    Delivery<String> delivery = late.poll();
                    assertEquals(each, delivery.entry());
                    delivery.ack();
                }
                assertEquals(0, late.counts().open());
                late.trim();
                late.append("d");
                assertEquals("d", queue.poll().entry());
            }
        }
    }

    /** Chronicle would keep its lock. */
    @Test
    void aFileThatCannotBeBegunFailsThatAppendOnly() throws Exception {
        try (Topic<String> topic = topic();
                Topic<String> other = topic();
                Subscriber<String> all = topic.subscribe(Start.beginning())) {
            topic.append("a");
            nextMinute();
            Path obstacle = Files.createDirectory(path.resolve("entries").resolve("20260301-1001.cq4"));
            String message = assertThrows(JournalException.class, () -> topic.append("b"))
                    .getMessage();
            assertTrue(message.contains(obstacle.toString()), message);
            Files.delete(obstacle);
            other.append("c");
            topic.append("d");
            assertEquals(List.of("a", "c", "d"), drain(all));
        }
    }
}
