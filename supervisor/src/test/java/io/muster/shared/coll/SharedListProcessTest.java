package io.muster.shared.coll;

import static io.muster.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ipc.data.SharedList;
import io.muster.remote.RemoteRunnable;
import io.muster.testing.HangDump;
import io.muster.testing.Lines;
import io.muster.testing.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One list and several processes, some of which are killed or stopped in the middle of what they do. */
@ExtendWith(HangDump.class)
class SharedListProcessTest {
    private final List<ChildProcess> children = new ArrayList<>();
    private final Lines lines = new Lines();

    private ChildProcess start(String name, RemoteRunnable target) {
        ChildProcess child = ChildProcess.named(name).heap("48m").onLine(lines).start(target);
        children.add(child);
        return child;
    }

    @AfterEach
    void endChildren() throws Exception {
        for (ChildProcess child : children) {
            child.kill();
            child.join(Duration.ofSeconds(20));
            child.close();
        }
    }

    private void awaitSuccess() throws Exception {
        for (ChildProcess child : children) {
            assertTrue(child.join(Duration.ofSeconds(60)), child::toString);
            assertTrue(child.exitStatus().orElseThrow().isSuccess(), () -> child + " " + lines.all());
        }
    }

    @Test
    void fourProcessesAppendAndNothingIsLost() throws Exception {
        int each = 1_000;
        try (SharedList<String> list = SharedList.create()) {
            for (int i = 0; i < 4; i++) {
                String name = "w" + i;
                start(name, () -> ListUser.append(list, name, each));
            }
            awaitSuccess();
            assertEquals(4 * each, list.size());
            List<String> all = new ArrayList<>(list);
            for (int i = 0; i < 4; i++) {
                String name = "w" + i;
                List<Integer> ofOne = all.stream()
                        .filter(entry -> ListUser.nameOf(entry).equals(name))
                        .map(ListUser::numberOf)
                        .toList();
                assertEquals(IntStream.range(0, each).boxed().toList(), ofOne);
            }
        }
    }

    @Test
    void updatesOfSeveralProcessesAreNotLost() throws Exception {
        try (SharedList<Long> counters = SharedList.copyOf(List.of(0L))) {
            for (int i = 0; i < 3; i++) {
                start("counter-" + i, () -> {
                    for (int k = 0; k < 2_000; k++) {
                        counters.update(0, count -> count + 1);
                    }
                });
            }
            awaitSuccess();
            assertEquals(List.of(6_000L), counters);
        }
    }

    @Test
    void aListThatAChildMadeOutlivesIt() throws Exception {
        try (SharedList<SharedList<String>> lists = SharedList.create()) {
            ChildProcess child = start("maker", () -> {
                SharedList<String> made = SharedList.create();
                made.add("made by a child, with text in the heap");
                lists.add(made);
                Processes.waitForEver();
            });
            eventually(() -> lists.size() == 1, () -> "a list in the list; " + lines.all());
            child.kill();
            assertTrue(child.join(Duration.ofSeconds(20)));
            SharedList<String> found = lists.get(0);
            found.add("added after its maker's death");
            assertEquals(List.of("made by a child, with text in the heap", "added after its maker's death"), found);
        }
    }

    @Test
    void aKilledWriterLeavesAllThatItHasAddedAndNothingHalf() throws Exception {
        try (SharedList<String> list = SharedList.create();
                SharedList<Integer> progress = SharedList.copyOf(List.of(0, 0))) {
            for (int round = 0; round < 4; round++) {
                list.clear();
                progress.replaceAll(count -> 0);
                List<ChildProcess> writers = List.of(
                        start("w0", () -> ListUser.appendForEver(list, progress, 0)),
                        start("w1", () -> ListUser.appendForEver(list, progress, 1)));
                eventually(() -> Collections.min(progress) > 200, () -> progress + " " + lines.all());
                writers.get(0).kill();
                assertTrue(writers.get(0).join(Duration.ofSeconds(20)));
                int told = progress.get(1);
                eventually(() -> progress.get(1) > told + 100, () -> "the other goes on; " + progress);
                writers.get(1).kill();
                assertTrue(writers.get(1).join(Duration.ofSeconds(20)));
                list.add(ListUser.entry("survivor", 0));
                checkAppended(list, progress);
            }
        }
    }

    private static void checkAppended(SharedList<String> list, SharedList<Integer> progress) {
        List<String> all = new ArrayList<>(list);
        assertEquals(all.size(), list.size());
        for (int slot = 0; slot < 2; slot++) {
            String name = "w" + slot;
            List<Integer> ofOne = all.stream()
                    .filter(entry -> ListUser.nameOf(entry).equals(name))
                    .map(ListUser::numberOf)
                    .toList();
            assertEquals(IntStream.range(0, ofOne.size()).boxed().toList(), ofOne);
            int told = progress.get(slot);
            assertTrue(
                    ofOne.size() == told || ofOne.size() == told + 1, ofOne.size() + " are there, " + told + " told");
        }
        assertEquals(ListUser.entry("survivor", 0), all.get(all.size() - 1));
    }

    @Test
    void aStoppedWriterIsNotRobbedAndReadersGoOn() throws Exception {
        try (SharedList<Long> counters = SharedList.copyOf(List.of(0L))) {
            ChildProcess child = start("counter", () -> ListUser.updateForEver(counters));
            for (int round = 0; round < 20; round++) {
                long before = counters.get(0);
                eventually(() -> counters.get(0) > before, () -> "the child counts; " + lines.all());
                Processes.signal(child.pid(), "STOP");
                eventually(() -> Processes.isStopped(child.pid()), () -> "the child stops");
                long stopped = counters.get(0);
                assertEquals(1, counters.size());
                assertEquals(stopped, new ArrayList<>(counters).get(0));
                Processes.signal(child.pid(), "CONT");
                eventually(() -> counters.get(0) > stopped, () -> "the child goes on");
            }
            assertTrue(child.isAlive());
        }
    }

    @Test
    void changesOfAllKindsSurviveKills() throws Exception {
        killWhileTheyChange(Duration.ofSeconds(4));
    }

    @Test
    @Tag("storm")
    @HangDump.Limit(seconds = 300)
    void changesOfAllKindsSurviveAStormOfKills() throws Exception {
        killWhileTheyChange(Duration.ofSeconds(90));
    }

    private void killWhileTheyChange(Duration howLong) throws Exception {
        long end = System.nanoTime() + howLong.toNanos();
        try (SharedList<Integer> pairs = SharedList.create();
                SharedList<Long> progress = SharedList.copyOf(List.of(0L))) {
            List<ChildProcess> writers = new ArrayList<>();
            for (int seed = 0; System.nanoTime() < end || seed < 4; seed++) {
                int mine = seed;
                writers.add(start("pairs-" + seed, () -> ListUser.changePairsForEver(pairs, progress, mine)));
                if (writers.size() > 2) {
                    ChildProcess victim = writers.remove(0);
                    victim.kill();
                    assertTrue(victim.join(Duration.ofSeconds(20)));
                }
                long before = progress.get(0);
                for (int look = 0; look < 200 || progress.get(0) < before + 50; look++) {
                    ListUser.checkPairs(pairs);
                }
            }
            assertFalse(progress.get(0) == 0);
            for (ChildProcess writer : writers) {
                assertTrue(writer.isAlive(), () -> writer + " " + lines.all());
                writer.kill();
                assertTrue(writer.join(Duration.ofSeconds(20)));
            }
            pairs.addAll(List.of(1, 1));
            ListUser.checkPairs(pairs);
            assertEquals(pairs.size(), pairs.toArray().length);
        }
    }
}
