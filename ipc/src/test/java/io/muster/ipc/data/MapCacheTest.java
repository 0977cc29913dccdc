package io.muster.ipc.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Maps as caches: entries that expire, and bounds that are kept by evicting what is not used. */
class MapCacheTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static MapOptions options(long maxEntries, long maxBytes, long ttlNanos) {
        return new MapOptions("k", "v", 0, maxEntries, maxBytes, ttlNanos, false, false, 0, 1);
    }

    @Test
    void entriesAreGoneOnceTheirTimeIsOver() {
        try (MapCrashWorld world = new MapCrashWorld(options(0, 0, 0))) {
            SharedMap<String, Object> map = world.survivor;
            map.put("stays", 1L);
            map.put("goes", 1L, SECOND);
            map.put("large", new byte[100_000], SECOND);
            world.now += SECOND.toNanos() - 1;
            assertEquals(3, map.size());
            assertEquals(1L, map.get("goes"));
            world.now += 1;
            assertNull(map.get("goes"));
            assertNull(map.gets("goes"));
            assertNull(map.putIfAbsent("goes", 2L), "as if it had never been there");
            assertEquals(
                    List.of("goes", "stays"), map.keySet().stream().sorted().toList());
            assertEquals(2, map.size());
            MapCrashWorld.verify(world.survivorCore);
        }
    }

    /** An operation looks at the clock more than once: its entry may be there at one look and gone at the next. */
    @Test
    void anEntryThatExpiresDuringACallIsThereOrGoneAndNeverAnother() {
        for (int looks = 0; looks < 6; looks++) {
            try (MapCrashWorld world = new MapCrashWorld(options(0, 0, 0))) {
                SharedMap<String, Object> map = world.survivor;
                for (Object value : List.of(7L, "seven", new byte[100_000])) {
                    map.put("other", value instanceof Long ? (Object) 8L : "eight");
                    map.get("other");
                    long sum = expiring(world, looks, 7L).addAndGet("k", 1);
                    assertTrue(sum == 8 || sum == 1, "sum " + sum);
                    map.get("other");
                    Object removed = expiring(world, looks, value).remove("k");
                    assertTrue(removed == null || Objects.deepEquals(value, removed), "removed " + removed);
                    assertNull(map.get("k"));
                    map.get("other");
                    Object replaced = expiring(world, looks, value).put("k", "new");
                    assertTrue(replaced == null || Objects.deepEquals(value, replaced), "replaced " + replaced);
                    Object merged = expiring(world, looks, 7L).merge("k", 1L, (a, b) -> (Long) a + (Long) b);
                    assertTrue(merged.equals(8L) || merged.equals(1L), "merged " + merged);
                    Versioned<Object> versioned = expiring(world, looks, 7L).gets("k");
                    assertTrue(versioned == null || versioned.value().equals(7L), "got " + versioned);
                }
                world.tick = 0;
                MapCrashWorld.verify(world.survivorCore);
            }
        }
    }

    /** A map whose entry "k" expires when the clock has been looked at so often. */
    private static SharedMap<String, Object> expiring(MapCrashWorld world, int looks, Object value) {
        world.tick = 0;
        world.survivor.remove("k");
        world.survivor.put("k", value, SECOND);
        world.now += SECOND.toNanos() - 1 - looks;
        world.tick = 1;
        return world.survivor;
    }

    /** Only a change of the same part of the map waits for it. */
    @Test
    void expiredEntriesAreNotCountedThoughTheirPartOfTheMapIsBeingChanged() {
        try (MapCrashWorld world = new MapCrashWorld(options(0, 0, 0))) {
            SharedMap<String, Object> map = world.survivor;
            map.put("goes", 1L, SECOND);
            map.put("stays", 1L);
            world.now += SECOND.toNanos();
            long[] sizes = new long[2];
            world.join().compute("stays", (key, old) -> {
                sizes[0] = assertTimeoutPreemptively(Duration.ofSeconds(20), map::mappingCount);
                return old;
            });
            map.compute("stays", (key, old) -> {
                sizes[1] = map.mappingCount();
                return old;
            });
            assertEquals(1, sizes[0]);
            assertEquals(1, sizes[1], "from inside of it");
        }
    }

    @Test
    void aPutSetsTheTimeAnewAndAChangeKeepsIt() {
        try (MapCrashWorld world = new MapCrashWorld(options(0, 0, 0))) {
            SharedMap<String, Object> map = world.survivor;
            map.put("counter", 1L, SECOND);
            map.put("text", "a", SECOND);
            map.put("put again", "a", SECOND);
            world.now += 1000;
            map.addAndGet("counter", 1);
            map.compute("text", (key, old) -> old + "b");
            map.cas("text", map.gets("text").version(), "c");
            map.put("put again", "b");
            world.now += SECOND.toNanos() - 1000;
            assertNull(map.get("counter"));
            assertNull(map.get("text"));
            assertEquals("b", map.get("put again"));
        }
    }

    @Test
    void theDefaultTimeIsForPutsThatSayNone() {
        try (MapCrashWorld world = new MapCrashWorld(options(0, 0, SECOND.toNanos()))) {
            SharedMap<String, Object> map = world.survivor;
            map.put("a", 1);
            map.merge("b", 1L, (x, y) -> x);
            map.put("c", 1, Duration.ofSeconds(2));
            world.now += SECOND.toNanos();
            assertEquals(1, map.size());
            assertEquals(1, map.get("c"));
            assertThrows(IllegalArgumentException.class, () -> map.put("a", 1, Duration.ZERO));
        }
    }

    @Test
    void expiredEntriesGiveTheirRoomBack() {
        try (MapCrashWorld world = new MapCrashWorld(options(0, 0, SECOND.toNanos()))) {
            for (int i = 0; i < 50_000; i++) {
                world.now += SECOND.toNanos() / 100;
                world.survivor.set("key " + i, "value " + i);
            }
            assertEquals(100, world.survivor.size(), 1);
            assertTrue(
                    world.survivorCore.files().bytes() < 100_000,
                    "" + world.survivorCore.files().bytes());
        }
    }

    @Test
    void neverHoldsMoreEntriesThanItsBoundAndKeepsWhatIsUsed() {
        try (MapCrashWorld world = new MapCrashWorld(options(100, 0, 0))) {
            SharedMap<String, Object> map = world.survivor;
            for (int i = 0; i < 10_000; i++) {
                map.set("key " + i, i);
                assertNotNull(map.get("key " + i), "what was just put");
                if (i > 0) {
                    assertNotNull(map.get("key 0"), "used all the time, and gone after " + i);
                }
                assertTrue(world.survivorCore.size() <= 100);
            }
            assertEquals(100, map.size());
            MapCrashWorld.verify(world.survivorCore);
        }
    }

    @Test
    void neverHoldsMoreBytesThanItsBound() {
        try (MapCrashWorld world = new MapCrashWorld(options(0, 1_000_000, 0))) {
            SharedMap<String, Object> map = world.survivor;
            for (int i = 0; i < 500; i++) {
                map.set("key " + i % 90, new byte[i % 10 == 0 ? 200_000 : 20_000]);
                long bytes = map.values().stream()
                        .mapToLong(value -> ((byte[]) value).length)
                        .sum();
                assertTrue(bytes <= 1_000_000, bytes + " bytes");
            }
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> map.put("huge", new byte[2_000_000]));
            assertTrue(refused.getMessage().contains("1000000"), refused.getMessage());
            MapCrashWorld.verify(world.survivorCore);
        }
    }

    @Test
    void publicBoundsAreKept() {
        try (SharedMap<Integer, Integer> map = SharedMap.builder(Integer.class, Integer.class)
                .maxEntries(1_000)
                .create()) {
            for (int i = 0; i < 5_000; i++) {
                map.put(i, i);
            }
            assertTrue(map.size() <= 1_000 && map.size() > 800, "holds " + map.size());
        }
    }
}
