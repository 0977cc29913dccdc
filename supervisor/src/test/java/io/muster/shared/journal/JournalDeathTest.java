package io.muster.shared.journal;

import static io.muster.testing.Eventually.within;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ipc.journal.Topic;
import io.muster.remote.RemoteRunnable;
import io.muster.testing.HangDump;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Journals whose users are killed in the middle of whatever they do. This JVM itself uses none: it has not the flags. */
@ExtendWith(HangDump.class)
class JournalDeathTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path temp;

    private Path journal;
    private Story story;
    private final Random random = new Random();
    private final List<ChildProcess> children = new ArrayList<>();

    @BeforeEach
    void makeDirectories() throws Exception {
        journal = temp.resolve("journal");
        story = new Story(Files.createDirectory(temp.resolve("story")));
    }

    @AfterEach
    void killAll() {
        children.forEach(ChildProcess::close);
    }

    private ChildProcess start(RemoteRunnable target) {
        ChildProcess child =
                ChildProcess.builder().heap("64m").journal(true).daemon(true).start(target);
        children.add(child);
        return child;
    }

    private ChildProcess producer(String name, int entries) {
        Path directory = journal;
        Path log = story.file("produced");
        return start(() -> JournalUser.produce(directory, log, name, entries));
    }

    private ChildProcess consumer() {
        Path directory = journal;
        Path log = story.file("consumed");
        Path stop = temp.resolve("stop");
        return start(() -> JournalUser.consume(directory, log, stop));
    }

    private void awaitLines(String kind, int count) {
        within(
                LIMIT,
                () -> story.lines(kind).size() >= count,
                () -> story.lines(kind).size() + " lines of " + kind);
    }

    private void awaitEnd(ChildProcess child) throws Exception {
        assertTrue(child.join(LIMIT), child + " goes on");
        assertTrue(child.exitStatus().orElseThrow().isSuccess(), child + ": " + child.stderrTail());
    }

    private void finish() throws Exception {
        Files.createFile(temp.resolve("stop"));
        awaitEnd(consumer());
        story.assertWorkIsDone();
        story.assertNothingComesBackAfterItsAcknowledgement();
    }

    @Test
    void killedConsumersAndProducersLoseNothing() throws Exception {
        ChildProcess survivor = consumer();
        for (int round = 0; round < 2; round++) {
            ChildProcess producer = producer("p" + round, 100_000);
            ChildProcess victim = consumer();
            awaitLines("produced", 300 * (round + 1));
            awaitLines("consumed", 300 * (round + 1));
            victim.kill();
            producer.kill();
        }
        ChildProcess last = producer("last", 200);
        awaitEnd(last);
        finish();
        awaitEnd(survivor);
    }

    @Test
    void everythingKilledAndStartedAgainGoesOn() throws Exception {
        ChildProcess producer = producer("p", 100_000);
        ChildProcess one = consumer();
        ChildProcess two = consumer();
        awaitLines("consumed", 200);
        List.of(producer, one, two).forEach(ChildProcess::kill);
        finish();
    }

    @Test
    void aSubscriberKilledAnywhereGoesOnWhereItWas() throws Exception {
        Path directory = journal;
        Path published = story.file("published");
        ChildProcess publisher = start(() -> JournalUser.publish(directory, published, "n", 100_000));
        for (int round = 0; round < 2; round++) {
            Path log = story.file("read");
            ChildProcess reader = start(() -> JournalUser.follow(directory, log, "reader"));
            awaitLines("read", 200 * (round + 1));
            reader.kill();
        }
        publisher.kill();
        awaitEnd(start(() -> {
            try (Topic<String> topic = Topic.open(directory, String.class)) {
                topic.append("end");
            }
        }));
        Path log = story.file("read");
        awaitEnd(start(() -> JournalUser.follow(directory, log, "reader")));
        Map<String, Integer> seen = new HashMap<>();
        story.lines("read").forEach(each -> seen.merge(each, 1, Integer::sum));
        List<String> lost = story.lines("published").stream()
                .filter(each -> !seen.containsKey(each))
                .toList();
        assertEquals(List.of(), lost);
        long twice = seen.values().stream().filter(times -> times > 1).count();
        assertTrue(twice <= 2, twice + " entries came more than once: at most the one in hand at each kill may");
    }

    @Test
    @Tag("storm")
    void aStormOfKillsLosesNothing() throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        List<ChildProcess> alive = new ArrayList<>();
        for (int n = 0; System.nanoTime() < end; n++) {
            while (alive.size() < 5) {
                alive.add(alive.size() < 2 ? producer("p" + n + "-" + alive.size(), 20_000) : consumer());
            }
            Thread.sleep(100 + random.nextInt(700)); // the kill shall hit anywhere
            ChildProcess victim = alive.remove(random.nextInt(alive.size()));
            victim.kill();
        }
        alive.forEach(ChildProcess::kill);
        finish();
    }
}
