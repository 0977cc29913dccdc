package io.muster.ipc.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.codec.EncodeException;
import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.memory.ClosedObjectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a shared set promises beyond what any set does; that it is a set is shown by {@link SharedSetGuavaTest}. */
class SharedSetTest {
    @SuppressWarnings("unchecked")
    private static <T> T copy(T object) {
        return (T) ObjectCodec.standard().decode(ObjectCodec.standard().encode(object));
    }

    @Test
    void itsHandleTravelsAndMeansTheSameSet() {
        try (SharedSet<String> set = SharedSet.create()) {
            SharedSet<String> other = copy(set);
            assertTrue(set.add("a"));
            assertFalse(other.add("a"));
            assertTrue(other.add("b"));
            assertEquals(Set.of("a", "b"), set);
            assertEquals(set, other);
            assertTrue(other.removeAll(List.of("a", "x")));
            assertEquals(Set.of("b"), set);
        }
    }

    @Test
    void closingTheMakersHandleEndsTheSetForAll() {
        SharedSet<String> set = SharedSet.create();
        SharedSet<String> other = copy(set);
        SharedSet<String> third = copy(set);
        third.close();
        assertThrows(ClosedObjectException.class, () -> third.add("a"));
        assertTrue(other.add("a"));
        set.close();
        assertThrows(ClosedObjectException.class, () -> other.add("a"));
        assertThrows(ClosedObjectException.class, () -> other.contains("a"));
        assertTrue(set.toString().contains("closed") && other.toString().contains("closed"));
    }

    @Test
    void nullIsNoElement() {
        try (SharedSet<String> set = SharedSet.create()) {
            assertThrows(NullPointerException.class, () -> set.add(null));
            assertThrows(NullPointerException.class, () -> set.contains(null));
            assertThrows(NullPointerException.class, () -> set.remove(null));
            assertThrows(NullPointerException.class, () -> set.addAll(null));
            assertThrows(NullPointerException.class, () -> set.retainAll(null));
            assertThrows(NullPointerException.class, () -> set.removeIf(null));
            assertTrue(set.isEmpty());
        }
    }

    @Test
    void whatHasNoBytesOfItsOwnIsTakenOnlyByEncoding() {
        try (SharedSet<Object> set = SharedSet.create();
                SharedSet<Object> any = SharedSet.createByEncoding()) {
            assertThrows(RuntimeException.class, () -> set.add(new ArrayList<>(List.of(1))));
            assertTrue(any.add(new ArrayList<>(List.of(1))));
            assertFalse(any.add(new ArrayList<>(List.of(1))));
            assertTrue(any.contains(new ArrayList<>(List.of(1))));
            assertThrows(EncodeException.class, () -> any.add(new Thread()));
            assertEquals(1, any.size());
            assertTrue(set.isEmpty());
        }
    }

    @Test
    void ofAllWhoAddTheSameOneIsToldTrue() throws Exception {
        int elements = 2_000;
        AtomicInteger added = new AtomicInteger();
        try (SharedSet<Integer> set = SharedSet.create()) {
            List<FutureTask<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                FutureTask<Void> task = new FutureTask<>(
                        () -> {
                            for (int k = 0; k < elements; k++) {
                                added.addAndGet(set.add(k) ? 1 : 0);
                            }
                        },
                        null);
                tasks.add(task);
                new Thread(task).start();
            }
            for (FutureTask<Void> task : tasks) {
                task.get(60, TimeUnit.SECONDS);
            }
            assertEquals(elements, added.get());
            assertEquals(elements, set.size());
            assertEquals(elements, new ArrayList<>(set).size());
            assertTrue(set.removeIf(element -> element % 2 == 0));
            assertEquals(elements / 2, set.stream().distinct().count());
        }
    }
}
