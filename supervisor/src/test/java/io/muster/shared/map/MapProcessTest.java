package io.muster.shared.map;

import static io.muster.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ipc.data.SharedMap;
import io.muster.ipc.memory.SessionDirectory;
import io.muster.remote.RemoteRunnable;
import io.muster.testing.HangDump;
import io.muster.testing.Lines;
import io.muster.testing.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One map, several processes, some of which are killed or stopped while they change it. */
@ExtendWith(HangDump.class)
class MapProcessTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** After a death; what is promised is far less, on a machine that has time. */
    private static final long SOON_MILLIS = 3_000;

    private final Lines lines = new Lines();
    private final SharedMap<String, Object> map = SharedMap.create();

    private ChildProcess child(String name, RemoteRunnable target) {
        return ChildProcess.named(name).heap("48m").daemon(true).onLine(lines).start(target);
    }

    @AfterEach
    void endAll() {
        ChildProcess.activeChildren().forEach(ChildProcess::kill);
        map.close();
        String[] left = SessionDirectory.current().path().toFile().list((directory, name) -> name.contains("map-"));
        assertEquals(List.of(), Arrays.asList(left), "files left behind");
    }

    @Test
    void noIncrementOfFourProcessesIsLost() throws InterruptedException {
        SharedMap<String, Object> shared = map;
        List<ChildProcess> children = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            children.add(child("counter-" + i, () -> {
                for (int n = 0; n < 20_000; n++) {
                    shared.merge("merged " + n % 7, 1L, (a, b) -> (Long) a + (Long) b);
                    shared.addAndGet("added", 1);
                }
            }));
        }
        for (ChildProcess child : children) {
            assertTrue(child.join(LIMIT), child::toString);
            assertTrue(
                    child.exitStatus().orElseThrow().isSuccess(),
                    () -> lines.all().toString());
        }
        assertEquals(80_000L, map.get("added"));
        long merged = 0;
        for (int i = 0; i < 7; i++) {
            merged += map.getLong("merged " + i, 0);
        }
        assertEquals(80_000L, merged);
        assertEquals(8, map.size());
    }

    /** In a thread of its own: the common pool may have a single one. */
    private static CompletableFuture<Object> inBackground(Supplier<Object> work) {
        CompletableFuture<Object> future = new CompletableFuture<>();
        Thread thread = new Thread(() -> future.complete(work.get()));
        thread.setDaemon(true);
        thread.start();
        return future;
    }

    /** A child that waits in a function that the map has called, and holds a lock of the map. */
    private ChildProcess childInsideAFunction() {
        SharedMap<String, Object> shared = map;
        map.put("k", "old");
        ChildProcess child = child(
                "inside",
                () -> shared.compute("k", (key, old) -> {
                    System.out.println("inside " + old);
                    try {
                        System.in.read();
                        TimeUnit.MILLISECONDS.sleep(1);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    Processes.waitForEver();
                    return "never";
                }));
        assertEquals("old", lines.await("inside"));
        return child;
    }

    private ChildProcess childThatHolds() {
        SharedMap<String, Object> shared = map;
        map.put("k", "old");
        ChildProcess child = child(
                "holder",
                () -> shared.compute("k", (key, old) -> {
                    System.out.println("inside " + old);
                    while (shared.get("go") == null) {
                        Thread.onSpinWait();
                    }
                    return "new";
                }));
        assertEquals("old", lines.await("inside"));
        return child;
    }

    @Test
    void whoIsKilledInsideAFunctionLeavesTheOldValueAndAMapThatGoesOn() throws Exception {
        map.put("other", 1);
        ChildProcess child = childInsideAFunction();
        CompletableFuture<Object> writer = inBackground(() -> map.put("k", "by the survivor"));
        assertEquals("old", map.get("k"));
        assertThrows(TimeoutException.class, () -> writer.get(50, TimeUnit.MILLISECONDS));
        Processes.signal(child.pid(), "KILL");
        assertEquals("old", writer.get(SOON_MILLIS, TimeUnit.MILLISECONDS));
        assertEquals("by the survivor", map.get("k"));
        assertEquals(2, map.size());
    }

    @Test
    void sizeIsExactAfterADeathThatNobodyHasNoticedYet() throws InterruptedException {
        ChildProcess child = childInsideAFunction();
        Processes.signal(child.pid(), "KILL");
        child.join();
        assertEquals(1, map.size());
        assertEquals("old", map.remove("k"));
        assertTrue(map.isEmpty());
    }

    @Test
    void whoIsStoppedInsideAFunctionIsNotRobbedAndReadersGoOn() throws Exception {
        ChildProcess child = childThatHolds();
        Processes.signal(child.pid(), "STOP");
        eventually(() -> Processes.isStopped(child.pid()), () -> "not stopped");
        CompletableFuture<Object> writer = inBackground(() -> map.put("k", "later"));
        assertThrows(TimeoutException.class, () -> writer.get(600, TimeUnit.MILLISECONDS), "robbed");
        assertEquals("old", map.get("k"));
        assertEquals(1, map.size());
        assertEquals(List.of("k"), List.copyOf(map.keySet()));
        String free = keyOfAnotherPart();
        map.put(free, 1);
        map.remove(free);
        Processes.signal(child.pid(), "CONT");
        Processes.signal(child.pid(), "KILL");
        assertEquals("old", writer.get(SOON_MILLIS, TimeUnit.MILLISECONDS));
    }

    @Tag("storm")
    @Test
    void whoWaitsLongForAStoppedWriterIsToldWhichProcessItIs() {
        ChildProcess child = childThatHolds();
        Processes.signal(child.pid(), "STOP");
        List<String> warnings = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                warnings.add(record.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("io.muster.ipc.data.Stripe");
        logger.addHandler(handler);
        CompletableFuture<Object> writer = inBackground(() -> map.put("k", "later"));
        eventually(
                () -> warnings.stream().anyMatch(text -> text.contains("'holder' (pid " + child.pid())),
                () -> "warnings: " + warnings);
        logger.removeHandler(handler);
        Processes.signal(child.pid(), "KILL");
        writer.join();
    }

    /** A key that another stripe holds: found by trying, each try in a thread that may be left waiting. */
    private String keyOfAnotherPart() throws Exception {
        for (int i = 0; ; i++) {
            String key = "free " + i;
            CompletableFuture<Object> attempt = inBackground(() -> map.put(key, 0));
            try {
                attempt.get(500, TimeUnit.MILLISECONDS);
                return key;
            } catch (TimeoutException e) {
                assertTrue(i < 20, "every part seems to be held");
            }
        }
    }

    @Test
    void readersSeeWholeValuesWhileAnotherProcessRebuildsTheMap() {
        SharedMap<String, Object> shared = map;
        child("writer", () -> MapWriter.writeForEver(shared, 1));
        eventually(() -> !map.isEmpty(), () -> "nothing written: " + lines.all());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        while (System.nanoTime() < end) {
            MapWriter.checkAll(map);
        }
    }

    @Test
    void writersThatAreKilledLeaveOldValuesOrNew() throws InterruptedException {
        SharedMap<String, Object> shared = map;
        for (int round = 0; round < 4; round++) {
            int seed = round;
            lines.all();
            ChildProcess one = child("writer-a" + round, () -> {
                System.out.println("started a" + seed);
                MapWriter.writeForEver(shared, seed);
            });
            ChildProcess two = child("writer-b" + round, () -> {
                System.out.println("started b" + seed);
                MapWriter.writeForEver(shared, seed + 100);
            });
            int expected = 2 * round + 2;
            eventually(
                    () -> lines.all().stream()
                                    .filter(line -> line.startsWith("started"))
                                    .count()
                            == expected,
                    lines::all);
            MapWriter.checkAll(map);
            Processes.signal(one.pid(), "KILL");
            MapWriter.checkAll(map);
            Processes.signal(two.pid(), "KILL");
            one.join();
            two.join();
            MapWriter.checkAll(map);
            MapWriter.checkSize(map);
        }
    }

    @Test
    void aHandleInAnArgumentAndMapsInsideMapsMeanTheSameMap() throws InterruptedException {
        SharedMap<String, Object> inner = SharedMap.create();
        map.put("inner", inner);
        SharedMap<String, Object> shared = map;
        ChildProcess child = child("visitor", () -> {
            @SuppressWarnings("unchecked")
            Map<String, Object> found = (Map<String, Object>) shared.get("inner");
            found.put("from the child", 7);
            System.out.println("size " + shared.size());
        });
        assertEquals("1", lines.await("size"));
        child.join();
        assertEquals(7, inner.get("from the child"));
        assertNull(map.get("from the child"));
        assertFalse(map.equals(inner));
        inner.close();
    }
}
