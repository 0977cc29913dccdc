package io.muster.ipc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CollectionsTest {
    private final ObjectCodec codec = ObjectCodec.standard();

    static Stream<Object> containers() {
        List<Object> contents = Arrays.asList(1, "two", null, 3L, List.of(4));
        List<Integer> numbers = List.of(3, 1, 2);
        Map<String, Long> counts = Map.of("a", 1L, "b", 2L);
        return Stream.of(
                new ArrayList<>(contents),
                new ArrayList<>(),
                new LinkedList<>(contents),
                new ArrayDeque<>(numbers),
                Arrays.asList(1, null),
                List.of(),
                List.of(1),
                List.of(1, 2),
                List.of(1, 2, 3),
                List.copyOf(numbers),
                Stream.of(1, null, 2).toList(),
                Collections.unmodifiableList(new ArrayList<>(contents)),
                Collections.unmodifiableList(new LinkedList<>(contents)),
                Collections.emptyList(),
                Collections.singletonList(null),
                Collections.nCopies(3, "x"),
                new HashSet<>(contents),
                new LinkedHashSet<>(contents),
                new TreeSet<>(numbers),
                Set.of(),
                Set.of(1),
                Set.of(1, 2, 3),
                Collections.emptySet(),
                Collections.singleton("x"),
                Collections.unmodifiableSet(new TreeSet<>(numbers)),
                new HashMap<>(counts),
                new LinkedHashMap<>(counts),
                new TreeMap<>(counts),
                new TreeMap<>(Map.of(2, "x", 1, "y")),
                new ConcurrentHashMap<>(counts),
                Map.of(),
                Map.of("k", List.of()),
                counts,
                Collections.emptyMap(),
                Collections.singletonMap(null, null),
                Collections.unmodifiableMap(new TreeMap<>(counts)),
                Collections.synchronizedList(new ArrayList<>(contents)),
                Map.entry("k", 1),
                new AbstractMap.SimpleEntry<>("k", null),
                new AbstractMap.SimpleImmutableEntry<>(null, 2),
                Optional.empty(),
                Optional.of("x"),
                new Vector<>(numbers),
                new CopyOnWriteArrayList<>(numbers),
                new IdentityHashMap<>(),
                new ArrayList<>(Collections.nCopies(5, 7)),
                new ArrayList<>(Collections.nCopies(5, 7L)),
                new ArrayList<>(Collections.nCopies(5, 0.5)),
                new ArrayList<>(Collections.nCopies(5, "s\u0394")),
                new ArrayList<>(Collections.nCopies(5, new byte[] {1, 2})));
    }

    @ParameterizedTest
    @MethodSource("containers")
    void comeBackAsTheSameClassWithTheSameContents(Object value) {
        Object back = codec.decode(codec.encode(value));
        assertTrue(Same.same(value, back) || value.equals(back), () -> value + " came back as " + back);
        assertSame(value.getClass(), back.getClass());
    }

    @Test
    void aBatchThatTurnsOutMixedLosesNothing() {
        for (Object odd : new Object[] {null, "odd", 5L, 2.5, new byte[1], 9}) {
            for (Object usual : new Object[] {1, 2L, 3.0, "four", new Fixtures.Point(5, 5)}) {
                List<Object> mixed = new ArrayList<>(Collections.nCopies(100, usual));
                mixed.add(odd);
                assertTrue(Same.same(mixed, codec.decode(codec.encode(mixed))));
            }
        }
    }

    @Test
    void immutableStaysImmutableAndRefusesNull() {
        List<Integer> list = copy(List.of(1, 2, 3));
        assertThrows(UnsupportedOperationException.class, () -> list.add(4));
        assertThrows(NullPointerException.class, () -> list.contains(null));
        Map<String, Integer> map = copy(Map.of("a", 1));
        assertThrows(UnsupportedOperationException.class, () -> map.put("b", 2));
        List<Integer> withNull = copy(Stream.of(1, null).toList());
        assertTrue(withNull.contains(null));
        assertThrows(UnsupportedOperationException.class, () -> withNull.add(4));
    }

    @Test
    void mutableStaysMutable() {
        List<Integer> list = copy(new ArrayList<>(List.of(1)));
        list.add(2);
        Map<String, Integer> map = copy(new HashMap<>(Map.of("a", 1)));
        map.put("b", 2);
        List<Integer> fixed = copy(Arrays.asList(1, 2));
        fixed.set(0, 9);
        assertEquals(List.of(9, 2), fixed);
        assertThrows(UnsupportedOperationException.class, () -> fixed.add(3));
    }

    @Test
    void orderIsKept() {
        List<Integer> shuffled = new ArrayList<>(IntStream.range(0, 500).boxed().toList());
        Collections.shuffle(shuffled, new java.util.Random(7));
        assertEquals(shuffled, new ArrayList<>(copy(new LinkedHashSet<>(shuffled))));
        Map<Integer, String> map = new LinkedHashMap<>();
        shuffled.forEach(i -> map.put(i, "v" + i));
        assertEquals(shuffled, new ArrayList<>(copy(map).keySet()));
    }

    @Test
    void comparatorsTravel() {
        TreeMap<String, Integer> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        map.put("Key", 1);
        assertEquals(1, copy(map).get("KEY"));
        TreeSet<String> set = new TreeSet<>((Comparator<String> & java.io.Serializable) (a, b) -> b.compareTo(a));
        set.addAll(List.of("a", "b", "c"));
        TreeSet<String> back = copy(set);
        back.add("d");
        assertEquals(List.of("d", "c", "b", "a"), new ArrayList<>(back));
        TreeMap<Integer, Integer> reversed = new TreeMap<>(Comparator.reverseOrder());
        reversed.putAll(Map.of(1, 1, 2, 2));
        assertEquals(2, copy(reversed).firstKey());
    }

    @Test
    void queuesKeepTheirComparator() {
        PriorityQueue<Integer> queue = new PriorityQueue<>(Comparator.reverseOrder());
        queue.addAll(List.of(1, 3, 2));
        assertEquals(3, copy(queue).poll());
    }

    @Test
    void viewsComeBackAsCopies() {
        ArrayList<Integer> list = new ArrayList<>(List.of(1, 2, 3, 4));
        assertEquals(List.of(2, 3), copy(list.subList(1, 3)));
        assertEquals(List.of(2, 3), copy(List.of(1, 2, 3, 4).subList(1, 3)));
        assertEquals(List.of(2), copy(Arrays.asList(1, 2, 3).subList(1, 2)));
        assertEquals(List.of(2), copy(new LinkedList<>(list).subList(1, 2)));
        Map<String, Integer> map = new LinkedHashMap<>(Map.of("a", 1));
        map.put("b", 2);
        assertEquals(map.keySet(), copy(map.keySet()));
        assertEquals(List.copyOf(map.values()), List.copyOf(copy(map.values())));
        assertEquals(map.entrySet(), copy(map.entrySet()));
        assertEquals(Map.entry("a", 1), copy(map.entrySet().iterator().next()));
        assertEquals(new TreeMap<>(map).keySet(), copy(new TreeMap<>(map).keySet()));
    }

    @Test
    void largeOnesDoToo() {
        List<Integer> numbers = IntStream.range(0, 200_000).boxed().toList();
        assertEquals(numbers, copy(new ArrayList<>(numbers)));
        Map<String, Long> map = new HashMap<>();
        numbers.forEach(i -> map.put("key " + i, (long) i));
        assertEquals(map, copy(map));
    }

    @SuppressWarnings("unchecked")
    private <T> T copy(T value) {
        return (T) codec.decode(codec.encode(value));
    }
}
