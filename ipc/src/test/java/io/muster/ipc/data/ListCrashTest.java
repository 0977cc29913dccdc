package io.muster.ipc.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CrashEnumeration;
import io.muster.ipc.memory.CrashPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whoever changes a list dies at each of its steps: the others find the list before the change, or the one after it. */
class ListCrashTest {
    private static final String IN_HEAP = "more than seven bytes";
    /** Does not fit into the first file. */
    private static final String LARGE = "x".repeat(ListLayout.FIRST_HEAP_BYTES);

    private static final List<Object> START = Arrays.asList(5, IN_HEAP, null, 3, "also in the heap", 4);

    /** A change, said in the terms of any list. */
    private static Map<String, Consumer<List<Object>>> changes() {
        Map<String, Consumer<List<Object>>> changes = new LinkedHashMap<>();
        changes.put("add in the slot", list -> list.add(7));
        changes.put("add in the heap", list -> list.add("appended to all others"));
        changes.put("addAll", list -> list.addAll(List.of(1, "two, and this is long", 3)));
        changes.put("add first", list -> list.add(0, "inserted before all others"));
        changes.put("addAll in the middle", list -> list.addAll(2, List.of("one, and this is long", 2)));
        changes.put("set in the slot", list -> list.set(0, 6));
        changes.put("set in the heap", list -> list.set(1, "put in place of another"));
        changes.put("remove first", list -> list.remove(0));
        changes.put("remove last", list -> list.remove(5));
        changes.put("remove object", list -> list.remove("also in the heap"));
        changes.put("removeIf", list -> list.removeIf(Objects::isNull));
        changes.put("retainAll", list -> list.retainAll(Arrays.asList(3, IN_HEAP, 4)));
        changes.put("replaceAll", list -> list.replaceAll(element -> "new in place of " + element));
        changes.put("sort", list -> list.sort(Comparator.comparing(String::valueOf)));
        changes.put("clear", List::clear);
        changes.put("clear of a part", list -> list.subList(1, 4).clear());
        changes.put("add to a part", list -> list.subList(1, 4).add("inserted into a part"));
        changes.put("sort of a part", list -> list.subList(0, 4).sort(Comparator.comparing(String::valueOf)));
        changes.put("iterator's remove", list -> iterator(list, 2).remove());
        changes.put("iterator's set", list -> iterator(list, 3).set("set by an iterator"));
        changes.put("iterator's add", list -> iterator(list, 3).add("added by an iterator"));
        changes.put("growth by add", list -> list.add(LARGE));
        changes.put("growth by add in the middle", list -> list.add(3, LARGE));
        changes.put("growth by set", list -> list.set(4, LARGE));
        changes.put("growth by replaceAll", list -> list.replaceAll(element -> element + LARGE.substring(9_000)));
        return changes;
    }

    private static ListIterator<Object> iterator(List<Object> list, int steps) {
        ListIterator<Object> iterator = list.listIterator();
        for (int i = 0; i < steps; i++) {
            iterator.next();
        }
        return iterator;
    }

    /** One change of one list, and what may be seen of it. */
    private static final class World {
        final ListWorld lists = new ListWorld();
        final SharedList<Object> survivors = lists.survivors;
        final Consumer<List<Object>> change;
        final List<Object> before;
        final List<Object> after;
        CrashPoint point;
        boolean completed;
        boolean isOvertaken;

        World(List<Object> start, Consumer<List<Object>> change) {
            this.change = change;
            before = start;
            after = new ArrayList<>(start);
            change.accept(after);
            survivors.addAll(start);
        }

        void change(CrashPoint where) {
            point = where;
            change.accept(lists.join(where));
            completed = true;
        }

        void addSomething(CrashPoint where) {
            lists.world.announceDeaths();
            lists.join(where).add("something");
        }

        /** Old or new; it can be changed again; no file is left but the one in use. */
        void check() {
            List<Object> found = new ArrayList<>(survivors);
            assertTrue(found.equals(after) || !completed && found.equals(before), () -> "found " + brief(found));
            checkThatItGoesOn(found);
        }

        /** The same when somebody after the first wanted to add something. */
        void checkAfterTwo() {
            lists.world.announceDeaths();
            List<Object> found = new ArrayList<>(survivors);
            List<Object> without = new ArrayList<>(found);
            if (!found.isEmpty() && "something".equals(found.get(found.size() - 1))) {
                without.remove(found.size() - 1);
            }
            assertTrue(without.equals(after) || without.equals(before), () -> "found " + brief(found));
            checkThatItGoesOn(found);
        }

        void checkThatNothingIsLost() {
            List<Object> addedBefore = new ArrayList<>(before);
            List<Object> addedBehind = new ArrayList<>(after);
            if (isOvertaken) {
                addedBefore.add("added meanwhile");
                addedBehind.add("added meanwhile");
            }
            change.accept(addedBefore);
            List<Object> found = new ArrayList<>(survivors);
            assertTrue(found.equals(addedBefore) || found.equals(addedBehind), () -> "found " + brief(found));
            checkThatItGoesOn(found);
        }

        private void checkThatItGoesOn(List<Object> found) {
            assertEquals(found.size(), survivors.size());
            survivors.add("added by the survivor");
            survivors.add(0, "and before all others");
            List<Object> expected = new ArrayList<>(found);
            expected.add("added by the survivor");
            expected.add(0, "and before all others");
            assertEquals(expected, new ArrayList<>(survivors));
            assertEquals(1, lists.generations().size(), () -> "files " + lists.generations());
            assertEquals(expected, new ArrayList<>(lists.join(CrashPoint.never())));
        }

        private static String brief(List<Object> list) {
            return list.stream()
                    .map(String::valueOf)
                    .map(text -> text.length() > 40 ? text.substring(0, 40) + "..." : text)
                    .toList()
                    .toString();
        }
    }

    @TestFactory
    Stream<DynamicTest> whoChangesItMayDieAnywhere() {
        return each(change -> {
            int deaths = new CrashEnumeration<>(() -> new World(START, change), World::change).die(World::check);
            assertTrue(deaths >= 6 * 3, "only " + deaths);
        });
    }

    @TestFactory
    Stream<DynamicTest> whoRepairsItMayDieToo() {
        return each(change -> {
            int deaths = new CrashEnumeration<>(() -> new World(START, change), World::change)
                    .dieTwice(World::addSomething, World::checkAfterTwo);
            assertTrue(deaths >= 6 * 9, "only " + deaths);
        });
    }

    /** Stopped at any step, it stops no reader; it goes on where it was. */
    @TestFactory
    Stream<DynamicTest> whoStopsIsNotRobbedAndKeepsNoReader() {
        return each(change -> {
            int stops = new CrashEnumeration<>(() -> new World(START, change), World::change)
                    .pause(
                            world -> {
                                List<Object> found = new ArrayList<>(world.survivors);
                                assertTrue(found.equals(world.before) || found.equals(world.after));
                                assertEquals(found.size(), world.survivors.size());
                            },
                            World::check);
            assertTrue(stops >= 3, "only " + stops);
        });
    }

    /** Stopped at any step where it holds nothing, it meets a list that others have changed meanwhile. */
    @TestFactory
    Stream<DynamicTest> whatOthersDoWhileItStandsStillIsNotLost() {
        return each(change -> {
            int[] overtaken = new int[1];
            new CrashEnumeration<>(() -> new World(START, change), World::change)
                    .pause(
                            world -> {
                                if (!world.lists.isBeingChanged()) {
                                    world.survivors.add("added meanwhile");
                                    world.isOvertaken = true;
                                    overtaken[0]++;
                                }
                            },
                            World::checkThatNothingIsLost);
            assertTrue(overtaken[0] >= 1, "only " + overtaken[0]);
        });
    }

    @Test
    void theFirstElementMayFail() {
        int deaths = new CrashEnumeration<>(
                        () -> new World(List.of(), list -> list.add("the very first")), World::change)
                .die(World::check);
        assertTrue(deaths >= 6 * 5, "only " + deaths);
    }

    @Test
    void whoEmptiesALargeListMayDieAnywhere() {
        int deaths = new CrashEnumeration<>(() -> new World(Arrays.asList(1, LARGE, 3), List::clear), World::change)
                .dieTwice(World::addSomething, World::checkAfterTwo);
        assertTrue(deaths >= 6 * 9, "only " + deaths);
    }

    @Test
    void updateAndTheEndsMayFail() {
        for (Consumer<SharedList<Object>> change : List.<Consumer<SharedList<Object>>>of(
                list -> list.update(3, number -> (Integer) number + 1),
                SharedList::removeFirst,
                SharedList::removeLast)) {
            new CrashEnumeration<>(
                            () -> new World(START, list -> {
                                if (list instanceof SharedList<Object> shared) {
                                    change.accept(shared);
                                } else {
                                    changeByHand(change, list);
                                }
                            }),
                            World::change)
                    .die(World::check);
        }
    }

    /** What the change does is learnt from a list that nobody dies in. */
    private static void changeByHand(Consumer<SharedList<Object>> change, List<Object> list) {
        SharedList<Object> other = new ListWorld().survivors;
        other.addAll(list);
        change.accept(other);
        list.clear();
        list.addAll(other);
    }

    @Test
    void whoClosesItMayDieAnywhere() {
        new CrashEnumeration<>(() -> new World(START, list -> {}), (world, point) -> {
                    // The maker is the only one whose close ends the list.
                    ListWorld lists = world.lists;
                    ((ListHandle<Object>) lists.join(point)).core().retire();
                })
                .die(world -> {
                    boolean open = world.survivors instanceof ListHandle<Object> handle && isOpen(handle);
                    if (open) {
                        world.checkThatItGoesOn(START);
                    }
                });
    }

    @Test
    void twoMayCloseItAtOnce() {
        ListWorld lists = new ListWorld();
        lists.survivors.add(1);
        ListCore first = ((ListHandle<Object>) lists.join(CrashPoint.never())).core();
        ListCore second = ((ListHandle<Object>) lists.join(CrashPoint.never())).core();
        first.retire();
        second.retire();
        assertEquals(0, lists.generations().size());
    }

    private static boolean isOpen(ListHandle<Object> handle) {
        try {
            handle.size();
            return true;
        } catch (ClosedObjectException closed) {
            return false;
        }
    }

    private static Stream<DynamicTest> each(Consumer<Consumer<List<Object>>> test) {
        return changes().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> test.accept(entry.getValue())));
    }
}
