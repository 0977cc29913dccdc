package io.muster.ipc.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.codec.EncodeException;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.WrongObjectException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a topic promises, in one process; each test opens it as another program would. */
class TopicTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path temp;

    private Path path;

    @BeforeEach
    void choosePath() {
        path = temp.resolve("news");
    }

    private Topic<String> open() {
        return Topic.open(path, String.class);
    }

    private static List<String> drain(Subscriber<String> subscriber) {
        List<String> all = new ArrayList<>();
        for (String each = subscriber.poll(); each != null; each = subscriber.poll()) {
            all.add(each);
        }
        return all;
    }

    @Test
    void everySubscriberSeesEverythingInOrder() {
        try (Topic<String> topic = open();
                Topic<String> other = open();
                Subscriber<String> one = topic.subscribe("one");
                Subscriber<String> two = other.subscribe("two")) {
            topic.append("a");
            other.append("b");
            topic.append("c");
            assertEquals(List.of("a", "b", "c"), drain(one));
            assertEquals(List.of("a", "b", "c"), drain(two));
            assertEquals(3, topic.count());
        }
    }

    @Test
    void aNameRemembersItsPosition() {
        try (Topic<String> topic = open()) {
            for (String each : List.of("a", "b", "c", "d")) {
                topic.append(each);
            }
            try (Subscriber<String> mail = topic.subscribe("mail")) {
                assertEquals("a", mail.poll());
                assertEquals("b", mail.poll());
            }
        }
        try (Topic<String> topic = open()) {
            topic.append("e");
            assertEquals(List.of(new Topic.Subscription("mail", 3, false)), topic.subscriptions());
            try (Subscriber<String> mail = topic.subscribe("mail", Start.end())) {
                assertEquals(List.of("c", "d", "e"), drain(mail));
            }
            assertTrue(topic.unsubscribe("mail"));
            assertFalse(topic.unsubscribe("mail"));
            try (Subscriber<String> mail = topic.subscribe("mail", Start.end())) {
                assertNull(mail.poll());
                topic.append("f");
                assertEquals("f", mail.poll());
            }
        }
    }

    @Test
    void whatWasNotConfirmedComesAgain() {
        try (Topic<String> topic = open()) {
            topic.append("a");
            topic.append("b");
            try (Subscriber<String> mail = topic.subscribe("mail")) {
                assertEquals("a", mail.poll());
                assertEquals(2, behind(topic));
                mail.confirm();
                assertEquals(1, behind(topic));
                assertEquals("b", mail.poll());
                assertEquals(1, behind(topic));
                assertNull(mail.poll());
                assertEquals(0, behind(topic));
            }
        }
    }

    private static long behind(Topic<String> topic) {
        return topic.subscriptions().get(0).behind();
    }

    @Test
    void aNewSubscriberBeginsAtATime() {
        AtomicLong clock = new AtomicLong(Instant.parse("2026-03-01T10:00:00Z").toEpochMilli());
        try (Topic<String> topic = Topic.builder(path, String.class)
                .roll(Roll.MINUTE)
                .clock(clock::get)
                .open()) {
            Instant third = null;
            for (int i = 0; i < 6; i++) {
                if (i == 3) {
                    third = Instant.ofEpochMilli(clock.get());
                }
                topic.append("n" + i);
                clock.addAndGet(31_000);
            }
            assertEquals(List.of("n3", "n4", "n5"), drain(topic.subscribe("x", Start.at(third))));
            assertEquals(List.of("n3", "n4", "n5"), drain(topic.subscribe(Start.at(third.minusMillis(1)))));
            assertEquals(List.of("n4", "n5"), drain(topic.subscribe(Start.at(third.plusMillis(1)))));
            assertEquals(6, drain(topic.subscribe(Start.at(Instant.EPOCH))).size());
            Subscriber<String> future = topic.subscribe(Start.at(third.plusSeconds(9_999)));
            assertNull(future.poll());
            topic.append("n6");
            assertEquals("n6", future.poll());
        }
    }

    @Test
    void aNameIsForOneReaderAtATime() {
        try (Topic<String> topic = open()) {
            Subscriber<String> mail = topic.subscribe("mail");
            assertTrue(assertThrows(IllegalStateException.class, () -> topic.subscribe("mail"))
                    .getMessage()
                    .contains("'mail'"));
            assertThrows(IllegalStateException.class, () -> topic.unsubscribe("mail"));
            assertTrue(topic.subscriptions().get(0).active());
            mail.close();
            topic.subscribe("mail").close();
        }
    }

    @Test
    void anAppendWakesWhoWaits() throws Exception {
        try (Topic<String> topic = open();
                Topic<String> other = open();
                Subscriber<String> mail = other.subscribe("mail")) {
            CompletableFuture<String> got = CompletableFuture.supplyAsync(() -> taken(mail));
            topic.append("tea");
            assertEquals("tea", got.get(SOON.toSeconds(), TimeUnit.SECONDS));
            assertNull(mail.poll(Duration.ofMillis(20)));
        }
    }

    private static String taken(Subscriber<String> subscriber) {
        try {
            return subscriber.poll(SOON);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void closingEndsAWait() throws Exception {
        Topic<String> topic = open();
        Subscriber<String> mail = topic.subscribe("mail");
        CompletableFuture<Object> ended =
                CompletableFuture.supplyAsync(() -> assertThrows(ClosedObjectException.class, () -> mail.poll(SOON)));
        CompletableFuture<Boolean> tailed = CompletableFuture.supplyAsync(() -> {
            try {
                topic.subscribe("tail").tail(each -> {});
                return true;
            } catch (InterruptedException | ClosedObjectException e) {
                return e instanceof ClosedObjectException;
            }
        });
        topic.close();
        ended.get(SOON.toSeconds(), TimeUnit.SECONDS);
        assertTrue(tailed.get(SOON.toSeconds(), TimeUnit.SECONDS));
        topic.close();
        assertThrows(ClosedObjectException.class, () -> topic.append("x"));
        assertThrows(ClosedObjectException.class, mail::poll);
    }

    @Test
    void anInterruptEndsAWaitAndTakesNothing() throws Exception {
        try (Topic<String> topic = open();
                Subscriber<String> mail = topic.subscribe("mail")) {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, mail::take);
            Thread.currentThread().interrupt();
            topic.append("a");
            assertTrue(Thread.interrupted());
            topic.append("b");
            assertEquals(List.of("a", "b"), drain(mail));
        }
    }

    @Test
    void aHandlerThatThrowsGetsTheEntryAgain() {
        try (Topic<String> topic = open();
                Subscriber<String> mail = topic.subscribe("mail")) {
            topic.append("a");
            topic.append("b");
            List<String> seen = new ArrayList<>();
            assertThrows(
                    ArithmeticException.class,
                    () -> mail.tail(each -> {
                        seen.add(each);
                        if (each.equals("b")) {
                            throw new ArithmeticException();
                        }
                    }));
            assertEquals(List.of("a", "b"), seen);
            assertEquals(1, behind(topic));
            assertEquals("b", mail.poll());
        }
    }

    @Test
    void largeAndEmptyEntriesComeBackWhole() {
        try (Topic<byte[]> topic = Topic.open(path, byte[].class);
                Subscriber<byte[]> all = topic.subscribe(Start.beginning())) {
            for (int size : new int[] {0, 1, 2, 3, 4, 5, 1_000, 65_536, 4 << 20, 15 << 20}) {
                byte[] bytes = new byte[Math.min(size, (15 << 20) - 64)];
                new java.util.Random(size).nextBytes(bytes);
                topic.append(bytes);
                assertTrue(java.util.Arrays.equals(bytes, all.poll()), size + " bytes");
            }
            assertTrue(assertThrows(IllegalArgumentException.class, () -> topic.append(new byte[16 << 20]))
                    .getMessage()
                    .contains("Nothing was appended"));
            assertNull(all.poll());
        }
    }

    @Test
    void whatCannotTravelIsRefusedByAppend() {
        try (Topic<Object> topic = Topic.open(path, Object.class);
                Subscriber<Object> all = topic.subscribe(Start.beginning())) {
            assertThrows(EncodeException.class, () -> topic.append(new Thread()));
            assertThrows(NullPointerException.class, () -> topic.append(null));
            topic.append(7);
            assertEquals(7, all.poll());
            assertNull(all.poll());
        }
    }

    @Test
    void anotherTypeOrKindIsRefused() {
        open().close();
        assertTrue(assertThrows(WrongObjectException.class, () -> Topic.open(path, Integer.class))
                .getMessage()
                .contains("Topic<java.lang.String>"));
        assertThrows(WrongObjectException.class, () -> WorkQueue.open(path, String.class));
    }

    @Test
    void aDirectoryOfSomethingElseIsRefused() throws Exception {
        Files.createDirectory(path);
        Files.writeString(path.resolve("letter.txt"), "dear");
        assertTrue(assertThrows(JournalException.class, this::open).getMessage().contains("letter.txt"));
    }

    @Test
    void damagedFilesAreToldClearly() throws Exception {
        try (Topic<String> topic = open()) {
            topic.append("a");
        }
        Path settings = path.resolve(SettingsFile.NAME);
        String good = Files.readString(settings);
        Files.writeString(settings, "format=7\n");
        assertTrue(assertThrows(JournalException.class, this::open).getMessage().contains("format 7"));
        Files.writeString(settings, good.replace("roll=HOUR", "roll=SOMETIMES"));
        assertTrue(assertThrows(JournalException.class, this::open).getMessage().contains(SettingsFile.NAME));
        Files.writeString(settings, good);
        Files.write(
                path.resolve("entries").resolve("metadata.cq4t"),
                good.repeat(20).getBytes(StandardCharsets.UTF_8));
        assertTrue(assertThrows(JournalException.class, this::open).getMessage().contains("entries"));
    }

    @Test
    void aTopicTravels() throws Exception {
        try (Topic<String> topic = open()) {
            topic.append("a");
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(topic);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
                    @SuppressWarnings("unchecked")
                            Topic<String> there = (Topic<String>) in.readObject();
                    Subscriber<String> all = there.subscribe(Start.beginning())) {
                assertEquals("a", all.poll());
            }
        }
    }

    @Test
    void retentionByTimeDeletesFilesThatNobodyNeeds() throws Exception {
        AtomicLong clock = new AtomicLong(Instant.parse("2026-03-01T10:00:00Z").toEpochMilli());
        try (Topic<String> topic = Topic.builder(path, String.class)
                        .roll(Roll.MINUTE)
                        .retain(Duration.ofMinutes(3))
                        .clock(clock::get)
                        .open();
                Subscriber<String> slow = topic.subscribe("slow")) {
            for (int minute = 0; minute < 10; minute++) {
                topic.append("n" + minute);
                clock.addAndGet(60_000);
            }
            assertEquals(10, files(), "a subscriber needs them");
            assertEquals("n0", slow.poll());
            for (int i = 1; i < 10; i++) {
                assertEquals("n" + i, slow.poll());
            }
            topic.append("n10");
            assertEquals(4, files());
            Subscriber<String> late = topic.subscribe(Start.beginning());
            assertEquals("n7", late.poll());
            topic.unsubscribe("nobody");
            for (int minute = 11; minute < 20; minute++) {
                slow.poll();
                topic.append("n" + minute);
                clock.addAndGet(60_000);
            }
            assertTrue(files() <= 6, files() + " files");
            List<String> rest = drain(late);
            assertEquals("n19", rest.get(rest.size() - 1), "a reader whose file was deleted goes on: " + rest);
        }
        try (Topic<String> topic = open()) {
            assertTrue(topic.count() <= 6);
            topic.append("more");
        }
    }

    @Test
    void retentionBySizeFreesDisk() throws Exception {
        AtomicLong clock = new AtomicLong(Instant.parse("2026-03-01T10:00:00Z").toEpochMilli());
        try (Topic<byte[]> topic = Topic.builder(path, byte[].class)
                .roll(Roll.MINUTE)
                .retainBytes(4 << 20)
                .clock(clock::get)
                .open()) {
            for (int minute = 0; minute < 20; minute++) {
                topic.append(new byte[1 << 20]);
                clock.addAndGet(60_000);
            }
            assertTrue(files() <= 5 && files() >= 3, files() + " files");
        }
    }

    private long files() throws Exception {
        try (var all = Files.list(path.resolve("entries"))) {
            return all.filter(file -> file.toString().endsWith(ChronicleLog.FILE_END))
                    .count();
        }
    }
}
