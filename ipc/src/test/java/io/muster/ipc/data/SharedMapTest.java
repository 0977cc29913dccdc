package io.muster.ipc.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.ipc.codec.DecodeException;
import io.muster.ipc.codec.EncodeException;
import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.memory.ClosedObjectException;
import java.io.ObjectInputFilter.Status;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The public promises of a map, in one process. */
class SharedMapTest {
    private final SharedMap<String, Object> map = SharedMap.create();

    @AfterEach
    void close() {
        map.close();
        assertArrayEquals(
                new String[0],
                Participants.ofSession().directory().toFile().list((directory, name) -> name.contains("map-")),
                "files left behind");
    }

    private record Point(int x, String name) {}

    private record Loose(List<String> names) implements Serializable {}

    @Test
    void doesAtRandomWhatAHashMapDoes() {
        Random random = new Random(42);
        Map<String, Object> model = new HashMap<>();
        for (int i = 0; i < 60_000; i++) {
            String key = "key " + random.nextInt(random.nextInt(100) == 0 ? 3000 : 200);
            assertEquals(step(model, random.nextInt(12), key, i), step(map, lastStep, key, i), () -> key);
            if (i % 10_000 == 9_999) {
                assertEquals(model, new HashMap<>(map));
                assertEquals(model.size(), map.size());
                MapCrashWorld.verify(((MapHandle<String, Object>) map).mapCore());
            }
        }
    }

    private int lastStep;

    private Object step(Map<String, Object> target, int step, String key, int i) {
        lastStep = step;
        Object value = switch (i % 5) {
            case 0 -> (long) i;
            case 1 -> i;
            case 2 -> i / 3.0;
            case 3 -> "text " + i;
            default -> List.of(i, "list".repeat(i % 50));
        };
        return switch (step) {
            case 0, 1, 2 -> target.put(key, value);
            case 3, 4 -> target.remove(key);
            case 5 -> target.putIfAbsent(key, value);
            case 6 -> target.replace(key, value);
            case 7 -> target.compute(key, (same, old) -> old == null ? value : i % 3 == 0 ? null : old);
            case 8 -> target.merge(key, value, (old, fresh) -> i % 2 == 0 ? fresh : old);
            case 9 -> target.computeIfAbsent(key, same -> value);
            case 10 -> target.replace(key, target.getOrDefault(key, "none"), value);
            default -> target.remove(key, i % 2 == 0 ? value : target.getOrDefault(key, "none"));
        };
    }

    @Test
    void valuesAreCopies() {
        List<String> list = new ArrayList<>(List.of("a"));
        map.put("list", list);
        list.add("b");
        assertEquals(List.of("a"), map.get("list"));
        assertNotSame(map.get("list"), map.get("list"));
    }

    @Test
    void keysAreWhateverHasOneEncoding() {
        SharedMap<Object, Object> any = SharedMap.create();
        Object[] keys = {
            "string",
            "",
            1,
            1L,
            1.0,
            (short) 1,
            (byte) 1,
            'c',
            true,
            UUID.randomUUID(),
            DayOfWeek.FRIDAY,
            new Point(1, "p"),
            Duration.ofDays(1),
            "\u4e2d\u6587",
            "x".repeat(70_000)
        };
        for (int i = 0; i < keys.length; i++) {
            any.put(keys[i], i);
        }
        for (int i = 0; i < keys.length; i++) {
            assertEquals(i, any.get(keys[i]));
        }
        assertEquals(keys.length, any.size());
        assertEquals(11, any.get(new Point(1, "p")));
        any.close();
    }

    @Test
    void aKeyThatMayHaveOtherBytesIsRefusedAndNeverFound() {
        SharedMap<Object, Object> any = SharedMap.create();
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> any.put(new Loose(List.of("a")), 1));
        assertTrue(
                refused.getMessage().contains("Loose") && refused.getMessage().contains("keysByEncoding"));
        assertNull(any.get(new ArrayList<>()));
        assertNull(any.remove(new Object()));
        assertEquals(0, any.size());
        any.close();
        try (SharedMap<Loose, Integer> loose =
                SharedMap.builder(Loose.class, Integer.class).keysByEncoding().create()) {
            loose.put(new Loose(List.of("a")), 7);
            assertEquals(7, loose.get(new Loose(List.of("a"))));
        }
    }

    @Test
    void nullIsRefused() {
        assertThrows(NullPointerException.class, () -> map.put(null, 1));
        assertThrows(NullPointerException.class, () -> map.put("k", null));
        assertThrows(NullPointerException.class, () -> map.get(null));
        assertThrows(NullPointerException.class, () -> map.remove(null));
        assertThrows(NullPointerException.class, () -> map.compute("k", null));
        assertThrows(NullPointerException.class, () -> map.replace("k", null, 1));
        assertThrows(NullPointerException.class, () -> map.containsValue(null));
        assertThrows(NullPointerException.class, () -> map.put("k", 1, null));
        assertTrue(map.isEmpty());
    }

    @Test
    void aFunctionThatThrowsLeavesTheOldValueAndTheMapUsable() {
        map.put("k", "old");
        assertThrows(
                ArithmeticException.class,
                () -> map.compute("k", (key, old) -> {
                    throw new ArithmeticException();
                }));
        assertThrows(EncodeException.class, () -> map.compute("k", (key, old) -> new Object()));
        assertEquals("old", map.get("k"));
        assertEquals("new", map.compute("k", (key, old) -> "new"));
    }

    @Test
    void aFunctionMayReadTheMapButNotChangeIt() {
        map.put("k", 1L);
        SharedMap<String, Object> sameMap = map.using(ObjectCodec.standard());
        AtomicReference<Object> seen = new AtomicReference<>();
        IllegalStateException refused = assertThrows(
                IllegalStateException.class,
                () -> map.compute("k", (key, old) -> {
                    seen.set(List.of(map.get("k"), map.size(), List.copyOf(map.keySet())));
                    return sameMap.put("other", 2L);
                }));
        assertTrue(refused.getMessage().contains("nothing was changed"), refused.getMessage());
        assertEquals(List.of(1L, 1, List.of("k")), seen.get());
        assertEquals(Map.of("k", 1L), map);
        try (SharedMap<String, Long> another = SharedMap.create()) {
            map.compute("k", (key, old) -> another.merge("count", 1L, Long::sum));
            assertEquals(1L, another.get("count"));
        }
        map.put("k", 3L);
        assertEquals(3L, map.get("k"));
    }

    @Test
    void functionsRunOnceForEachChange() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        inThreads(4, thread -> {
            for (int i = 0; i < 5_000; i++) {
                map.merge("count " + i % 3, 1L, (a, b) -> {
                    runs.incrementAndGet();
                    return (Long) a + (Long) b;
                });
            }
        });
        long sum = 0;
        for (Object value : map.values()) {
            sum += (Long) value;
        }
        assertEquals(20_000, sum);
        assertEquals(20_000 - 3, runs.get());
    }

    /** They are there from JDK 21 on, with a flag or without: started by reflection, as this is compiled for 17. */
    @Test
    void tenThousandVirtualThreadsMayWaitForAWriter() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "no virtual threads here");
        Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        List<Thread> threads = new ArrayList<>();
        map.compute("count", (key, old) -> {
            for (int i = 0; i < 10_000; i++) {
                try {
                    threads.add((Thread) start.invoke(null, (Runnable) () -> map.addAndGet("count", 1)));
                } catch (ReflectiveOperationException e) {
                    throw new AssertionError(e);
                }
            }
            return 0L;
        });
        for (Thread thread : threads) {
            thread.join(60_000);
            assertFalse(thread.isAlive(), "a virtual thread hangs");
        }
        assertEquals(10_000L, map.get("count"));
    }

    @Test
    void computeIfAbsentMakesOneValue() throws InterruptedException {
        AtomicInteger made = new AtomicInteger();
        inThreads(4, thread -> {
            for (int i = 0; i < 500; i++) {
                map.computeIfAbsent("k" + i, key -> made.incrementAndGet());
            }
        });
        assertEquals(500, made.get());
        assertEquals(500, map.size());
    }

    private interface Work {
        void run(int thread);
    }

    private static void inThreads(int count, Work work) throws InterruptedException {
        Map<Integer, Throwable> failures = new ConcurrentHashMap<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            Thread thread = new Thread(() -> work.run(number));
            thread.setUncaughtExceptionHandler((self, failure) -> failures.put(number, failure));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join(60_000);
            assertFalse(thread.isAlive(), () -> "hangs: " + List.of(thread.getStackTrace()));
        }
        failures.values().forEach(failure -> {
            throw new AssertionError(failure);
        });
    }

    @Test
    void whatIsThereThroughoutIsSeenOnceWhileOthersChangeTheMap() throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            map.put("stays " + i, "value " + i);
        }
        inThreads(3, thread -> {
            for (int round = 0; round < 40; round++) {
                if (thread == 0) {
                    Map<String, Object> seen = new HashMap<>();
                    for (Map.Entry<String, Object> entry : map.entrySet()) {
                        assertNull(seen.put(entry.getKey(), entry.getValue()), entry::toString);
                    }
                    for (int i = 0; i < 500; i++) {
                        assertTrue(seen.get("stays " + i).toString().startsWith("value"));
                    }
                } else {
                    for (int i = 0; i < 200; i++) {
                        map.put("goes " + thread + " " + i, "x".repeat(i));
                        map.put("stays " + i, "value of " + thread);
                        map.remove("goes " + thread + " " + i / 2);
                    }
                }
            }
        });
        MapCrashWorld.verify(((MapHandle<String, Object>) map).mapCore());
    }

    @Test
    void readersSeeOnlyWhatWasPutWhileStripesAreRebuilt() throws InterruptedException {
        inThreads(3, thread -> {
            for (int i = 0; i < 60_000; i++) {
                String key = "key " + i % 40;
                if (thread == 0) {
                    map.set(key, key + " is " + "x".repeat(i % 60));
                } else {
                    Object value = map.get(key);
                    assertTrue(
                            value == null || value.toString().startsWith(key + " is x") || value.equals(key + " is "));
                }
            }
        });
    }

    @Test
    void largeValuesLieInFilesOfTheirOwnThatGoWithThem() {
        byte[] large = new byte[3_000_000];
        new Random(1).nextBytes(large);
        map.put("large", large);
        assertArrayEquals(large, (byte[]) map.get("large"));
        assertArrayEquals(large, (byte[]) map.values().iterator().next());
        assertTrue(map.remove("large", large.clone()), "equal bytes are an equal value");
        assertNull(map.get("large"));
        map.put("large", large);
        map.put("large", 1);
        assertEquals(1, map.get("large"));
        map.put("large", large);
        assertArrayEquals(large, (byte[]) map.put("large", large));
        assertArrayEquals(large, (byte[]) map.gets("large").value());
        MapCrashWorld.verify(((MapHandle<String, Object>) map).mapCore());
        map.clear();
        assertTrue(map.isEmpty());
    }

    @Test
    void casReplacesWhatNobodyElseHasReplaced() {
        assertNull(map.gets("k"));
        assertFalse(map.cas("k", 0, "v"));
        map.put("k", 1L);
        Versioned<Object> first = map.gets("k");
        assertEquals(1L, first.value());
        map.put("k", 1L);
        assertFalse(map.cas("k", first.version(), 5L), "an equal value is another version");
        Versioned<Object> second = map.gets("k");
        assertTrue(map.cas("k", second.version(), "text"));
        assertFalse(map.cas("k", second.version(), 6L));
        map.remove("k");
        map.put("k", "text");
        assertFalse(map.cas("k", second.version() + 1, 7L));
        assertEquals("text", map.get("k"));
    }

    @Test
    void addsToNumbers() {
        assertEquals(5, map.addAndGet("n", 5));
        assertEquals(3, map.addAndGet("n", -2));
        assertEquals(3L, map.get("n"));
        assertEquals(3, map.getLong("n", -1));
        assertEquals(-1, map.getLong("none", -1));
        map.put("i", 1);
        assertThrows(ClassCastException.class, () -> map.addAndGet("i", 1));
        assertThrows(ClassCastException.class, () -> map.getLong("i", 1));
        assertEquals(1, map.get("i"));
    }

    @Test
    void growsFromKilobytesAndShrinksAgain() {
        long empty = bytes();
        assertTrue(empty < 64 * 1024, "empty: " + empty);
        for (int i = 0; i < 20_000; i++) {
            map.put("key " + i, "a value of some length " + i);
        }
        long full = bytes();
        assertTrue(full < 20_000L * 100 * 4, "full: " + full);
        for (int i = 0; i < 20_000; i++) {
            assertEquals("a value of some length " + i, map.remove("key " + i));
        }
        assertTrue(bytes() < 2 * 1024 * 1024, "after removing: " + bytes());
        map.clear();
        assertEquals(empty, bytes());
        MapCrashWorld.verify(((MapHandle<String, Object>) map).mapCore());
    }

    private long bytes() {
        return ((MapHandle<String, Object>) map).mapCore().files().bytes();
    }

    @Test
    void replacingForEverTakesNoMoreMemory() {
        for (int i = 0; i < 20_000; i++) {
            map.set("k" + i % 50, "value " + i);
        }
        long early = bytes();
        for (int i = 0; i < 200_000; i++) {
            map.set("k" + i % 50, "value " + i);
        }
        assertTrue(bytes() <= 2 * early, early + " bytes, later " + bytes());
    }

    @Test
    void aValueThatCannotBeReadHereFailsThatReadOnly() {
        map.put("good", "value");
        map.put("point", new Point(1, "p"));
        SharedMap<String, Object> poor = map.using(ObjectCodec.builder()
                .filter(info -> info.serialClass() == Point.class ? Status.REJECTED : Status.ALLOWED)
                .build());
        DecodeException failed = assertThrows(DecodeException.class, () -> poor.get("point"));
        assertEquals(DecodeException.Reason.REFUSED_BY_FILTER, failed.reason());
        assertThrows(DecodeException.class, () -> poor.compute("point", (key, old) -> 1));
        assertEquals("value", poor.get("good"));
        int read = 0;
        int unreadable = 0;
        for (var values = poor.values().iterator(); values.hasNext(); ) {
            try {
                values.next();
                read++;
            } catch (DecodeException e) {
                unreadable++;
            }
        }
        assertEquals(1, read);
        assertEquals(1, unreadable);
        assertEquals(new Point(1, "p"), map.get("point"));
        DecodeException old = assertThrows(DecodeException.class, () -> poor.put("point", "new"));
        assertTrue(old.getMessage().contains("was changed as asked"), old.getMessage());
        assertEquals("new", map.get("point"));
    }

    @Test
    void viewsRemoveOnlyWhatTheyHaveLookedAt() {
        for (String key : List.of("a", "b", "c")) {
            map.put(key, "old");
        }
        assertFalse(map.entrySet().removeIf(entry -> {
            map.put(entry.getKey(), "new");
            return true;
        }));
        assertFalse(map.values().removeIf(value -> {
            map.replaceAll((key, old) -> "newer");
            return value.equals("new");
        }));
        assertEquals(3, map.size());
        assertTrue(map.values().remove("newer"));
        assertFalse(map.values().remove("new"));
        assertTrue(map.values().removeAll(List.of("newer")));
        assertTrue(map.isEmpty());
    }

    /** What a queue does all day: a map that is made for many entries and holds a few of them. */
    @Test
    void anEntryThatComesAndGoesDoesNotTakeTheExpectedRoomAnewEachTime() {
        try (SharedMap<String, Object> large = SharedMap.builder(String.class, Object.class)
                .expectedEntries(100_000)
                .create()) {
            Stripe stripe = ((MapHandle<?, ?>) large).mapCore().stripe(0);
            int first = 0;
            for (int i = 0; i < 1_000; i++) {
                large.put("k" + i, 1);
                int file = MapLayout.file(stripe.header.cur());
                assertTrue(first == 0 || file == first, "another file");
                first = file;
                if (i >= 200) {
                    large.remove("k" + (1_000 - i));
                    large.remove("k" + i);
                }
            }
            assertTrue(first != 0);
        }
    }

    @Test
    void useAfterCloseIsAnError() {
        SharedMap<String, Object> other = map.using(ObjectCodec.standard());
        other.put("k", 1);
        other.close();
        assertThrows(ClosedObjectException.class, () -> other.get("k"));
        assertEquals(1, map.get("k"));
        SharedMap<String, Object> third = map.using(ObjectCodec.standard());
        map.close();
        map.close();
        assertThrows(ClosedObjectException.class, () -> map.get("k"));
        assertThrows(ClosedObjectException.class, () -> third.get("k"));
        assertThrows(ClosedObjectException.class, () -> third.put("k", 1));
        assertThrows(ClosedObjectException.class, third::size);
        assertThrows(
                ClosedObjectException.class, () -> third.keySet().iterator().hasNext());
        assertTrue(map.toString().contains("closed"));
        assertTrue(third.toString().contains("closed"), "closed by another handle");
    }

    @Test
    void aHandleTravelsAndMeansTheSameMap() {
        SharedMap<?, ?> arrived = (SharedMap<?, ?>)
                ObjectCodec.standard().decode(ObjectCodec.standard().encode(map));
        map.put("k", 1);
        assertEquals(1, arrived.get("k"));
        assertEquals(map, arrived);
        map.put("itself", map);
        assertTrue(map.toString().contains("itself=(this Map)"), map.toString());
    }
}
