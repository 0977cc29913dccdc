package io.muster.ipc.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.CrashEnumeration;
import io.muster.ipc.memory.CrashPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A party dies, or stops, at every step of every operation: the others find the state before or the state after, an exact
 * size, no file too many, and a map that goes on.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class MapCrashTest {
    private static final byte[] LARGE = new byte[StripeLayout.LONGEST_INLINE + 1];
    private static final byte[] LARGER = new byte[StripeLayout.LONGEST_INLINE + 99];

    enum Scenario {
        FIRST_PUT((world, map) -> {}, map -> map.put("new", 1L)),
        PUT_NEW(Scenario::some, map -> map.put("new", "value")),
        REPLACE_BYTES(Scenario::some, map -> map.put("text", "other")),
        REPLACE_NUMBER_IN_PLACE(Scenario::some, map -> map.put("number", 2L)),
        REPLACE_NUMBER_BY_BYTES(Scenario::some, map -> map.put("number", "two")),
        ADD((world, map) -> some(world, map), map -> map.addAndGet("number", 5)),
        REMOVE(Scenario::some, map -> map.remove("text")),
        REMOVE_LAST((world, map) -> map.put("only", 1L), map -> map.remove("only")),
        COMPUTE(Scenario::some, map -> map.compute("text", (key, old) -> old + "!")),
        COMPUTE_TO_NOTHING(Scenario::some, map -> map.compute("text", (key, old) -> null)),
        MERGE(Scenario::some, map -> map.merge("text", "!", (old, more) -> (String) old + more)),
        REPLACE_IF_EQUAL(Scenario::some, map -> map.replace("text", "value", "other")),
        CAS(Scenario::some, map -> map.cas("text", map.gets("text").version(), "other")),
        GROW(Scenario::full, map -> map.put("one more", "value")),
        REBUILD_INTO_NEW_FILE(
                (world, map) -> {
                    some(world, map);
                    fillHeap(world, map);
                },
                map -> map.put("text", "value of forty bytes, all of them needed")),
        REBUILD_INTO_SPARE(
                (world, map) -> {
                    some(world, map);
                    for (int i = 0; world.survivorCore.stripe(0).header.spare() == 0; i++) {
                        map.put("text", "value " + i);
                    }
                    fillHeap(world, map);
                },
                map -> map.put("text", "value of forty bytes, all of them needed")),
        CLEAR(Scenario::some, map -> map.clear()),
        CLEAR_WITH_LARGE(
                (world, map) -> {
                    some(world, map);
                    map.put("large", LARGE);
                },
                map -> map.clear()),
        PUT_LARGE(Scenario::some, map -> map.put("large", LARGE)),
        REPLACE_LARGE_BY_LARGE((world, map) -> map.put("large", LARGE), map -> map.put("large", LARGER)),
        REPLACE_LARGE_BY_SMALL((world, map) -> map.put("large", LARGE), map -> map.put("large", 1)),
        REMOVE_LARGE((world, map) -> map.put("large", LARGE), map -> map.remove("large")),
        SHRINK(
                (world, map) -> {
                    for (int i = 0; i < 4; i++) {
                        map.put("filler " + i, new byte[30_000]);
                    }
                    map.put("text", "value");
                    for (int i = 1; i < 4; i++) {
                        map.remove("filler " + i);
                    }
                },
                map -> map.remove("filler 0")),
        PUT_EXPIRING(Scenario::some, map -> map.put("text", "short-lived", Duration.ofSeconds(1))),
        PUT_OVER_EXPIRED(Scenario::expired, map -> map.put("expired 1", "again")),
        DROP_EXPIRED(Scenario::expired, map -> map.size()),
        EVICT(
                (world, map) -> {
                    for (int i = 0; i < 4; i++) {
                        map.put("entry " + i, "value");
                    }
                },
                map -> map.put("one more", "value")),
        EVICT_LARGE(
                (world, map) -> {
                    for (int i = 0; i < 4; i++) {
                        map.put("entry " + i, LARGE);
                    }
                },
                map -> map.put("one more", "value"));

        private final BiConsumer<MapCrashWorld, MapHandle<String, Object>> preparation;
        private final Change change;

        Scenario(BiConsumer<MapCrashWorld, MapHandle<String, Object>> preparation, Change change) {
            this.preparation = preparation;
            this.change = change;
        }

        private static void some(MapCrashWorld world, MapHandle<String, Object> map) {
            map.put("number", 1L);
            map.put("text", "value");
            map.put("double", 0.5);
        }

        /** The next new key needs a larger segment. */
        private static void full(MapCrashWorld world, MapHandle<String, Object> map) {
            map.put("text", "value");
            StripeTable table = world.survivorCore.stripe(0).current();
            for (int i = 0; table.used() < StripeLayout.mostUsed(table.slots()); i++) {
                map.put("" + i, i);
            }
            assertEquals(table, world.survivorCore.stripe(0).current(), "grown too early");
        }

        /** The next replacement by bytes needs a rebuild. */
        private static void fillHeap(MapCrashWorld world, MapHandle<String, Object> map) {
            StripeTable table = world.survivorCore.stripe(0).current();
            for (int i = 0; table.memory.size() - table.bump() >= 48; i++) {
                map.put("text", "x" + i % 10);
                table = world.survivorCore.stripe(0).current();
            }
        }

        private static void expired(MapCrashWorld world, MapHandle<String, Object> map) {
            some(world, map);
            map.put("expired 1", "value", Duration.ofNanos(5));
            map.put("expired 2", LARGE, Duration.ofNanos(5));
            map.put("later", "value", Duration.ofNanos(50));
            world.now += 10;
        }

        MapCrashWorld world() {
            boolean bounded = this == EVICT || this == EVICT_LARGE;
            MapOptions options = new MapOptions("k", "v", 0, bounded ? 4 : 0, 0, 0, false, false, 512, 1);
            MapCrashWorld world = new MapCrashWorld(options);
            preparation.accept(world, world.survivor);
            return world;
        }
    }

    @FunctionalInterface
    private interface Change {
        void apply(SharedMap<String, Object> map);
    }

    private final List<MapCrashWorld> worlds = new ArrayList<>();

    private MapCrashWorld world(Scenario scenario) {
        removeWorlds();
        MapCrashWorld world = scenario.world();
        worlds.add(world);
        return world;
    }

    @AfterEach
    void removeWorlds() {
        worlds.forEach(MapCrashWorld::close);
        worlds.clear();
    }

    private CrashEnumeration<MapCrashWorld> enumeration(Scenario scenario) {
        return new CrashEnumeration<>(
                () -> world(scenario), (world, point) -> scenario.change.apply(world.join(point)));
    }

    private record States(Map<String, Object> before, Map<String, Object> after) {}

    private States states(Scenario scenario) {
        MapCrashWorld world = world(scenario);
        Map<String, Object> before = MapCrashWorld.content(world.survivor);
        scenario.change.apply(world.join());
        return new States(before, MapCrashWorld.content(world.survivor));
    }

    @ParameterizedTest
    @EnumSource
    void dyingAnywhereLeavesTheOldStateOrTheNew(Scenario scenario) {
        States states = states(scenario);
        int deaths = enumeration(scenario).die(world -> check(world, scenario, states));
        assertTrue(deaths >= 6 * 4, "only " + deaths);
    }

    /** A quick part of what follows. */
    @ParameterizedTest
    @EnumSource(names = {"FIRST_PUT", "PUT_NEW", "REMOVE"})
    void whoRepairsMayDieAnywhereToo(Scenario scenario) {
        dieTwice(scenario);
    }

    @Tag("storm")
    @ParameterizedTest
    @EnumSource
    void whoRepairsAnyOperationMayDieAnywhereToo(Scenario scenario) {
        dieTwice(scenario);
    }

    private void dieTwice(Scenario scenario) {
        States states = states(scenario);
        BiConsumer<MapCrashWorld, CrashPoint> repair = (world, point) -> {
            world.world.announceDeaths();
            world.join(point).put("repairer", 1);
        };
        enumeration(scenario).dieTwice(repair, world -> {
            world.world.announceDeaths();
            world.survivor.remove("repairer");
            check(world, scenario, states);
        });
    }

    @ParameterizedTest
    @EnumSource
    void whoStopsAnywhereIsNotRobbedAndReadersGoOn(Scenario scenario) {
        States states = states(scenario);
        enumeration(scenario)
                .pause(
                        world -> {
                            assertTrue(isBetween(scenario, states, MapCrashWorld.content(world.survivor)));
                            world.survivor.get("text");
                            if (!world.victimHoldsTheLock()) {
                                world.survivor.put("beside", 1);
                            }
                        },
                        world -> {
                            world.survivor.remove("beside");
                            assertSound(world);
                            assertTrue(isBetween(scenario, states, MapCrashWorld.content(world.survivor)));
                        });
    }

    /** Which entry is evicted is not fixed; arrays are compared by their length. */
    private static boolean isBetween(Scenario scenario, States states, Map<String, Object> content) {
        if (scenario == Scenario.EVICT || scenario == Scenario.EVICT_LARGE) {
            return content.size() <= 5 && content.size() >= 3;
        }
        return MapCrashTest.sameText(content, states.before) || MapCrashTest.sameText(content, states.after);
    }

    private static boolean sameText(Map<String, Object> content, Map<String, Object> other) {
        return content.size() == other.size()
                && content.entrySet().stream()
                        .allMatch(entry -> text(entry.getValue()).equals(text(other.get(entry.getKey()))));
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? "bytes " + bytes.length : String.valueOf(value);
    }

    private static void check(MapCrashWorld world, Scenario scenario, States states) {
        Map<String, Object> content = MapCrashWorld.content(world.survivor);
        assertTrue(isBetween(scenario, states, content), () -> "neither before nor after: " + content.keySet());
        assertEquals(content.size(), world.survivor.size(), "size at rest");
        assertSound(world);
        MapHandle<String, Object> other = world.join(CrashPoint.never());
        Object former = content.get("text");
        assertEquals(text(former), text(other.put("text", "by the survivor")));
        assertEquals("by the survivor", world.survivor.get("text"));
        assertEquals("by the survivor", world.survivor.remove("text"));
        assertFalse(other.containsKey("text"));
        assertSound(world);
    }

    private static void assertSound(MapCrashWorld world) {
        MapCrashWorld.verify(world.survivorCore);
        assertFalse(world.victimHoldsTheLock());
    }
}
