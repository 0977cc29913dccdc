package io.muster.ipc.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.codec.DecodeException;
import io.muster.ipc.codec.EncodeException;
import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.SessionDirectory;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a shared list promises beyond what any list does; that it is a list is shown by {@link SharedListGuavaTest}. */
class SharedListTest {
    private final SharedList<Object> list = SharedList.create();

    @AfterEach
    void close() {
        list.close();
    }

    @SuppressWarnings("unchecked")
    private static <T> T copy(T object) {
        ObjectCodec codec = ObjectCodec.standard();
        return (T) codec.decode(codec.encode(object));
    }

    @Test
    void elementsAreCopies() {
        List<Integer> element = new ArrayList<>(List.of(1, 2));
        list.add(element);
        element.add(3);
        assertEquals(List.of(1, 2), list.get(0));
        assertNotSame(list.get(0), list.get(0));
    }

    @Test
    void aClosedListSaysSo() {
        SharedList<Object> other = copy(list);
        list.close();
        assertTrue(list.toString().contains("closed"), list.toString());
        assertTrue(other.toString().contains("closed"), other.toString());
    }

    @Test
    void aFunctionThatChangesTheListIsRefused() {
        list.addAll(List.of(3, 1, 2));
        for (Runnable change : List.<Runnable>of(
                () -> list.removeIf(element -> list.add(4)),
                () -> list.replaceAll(element -> list.remove(0)),
                () -> list.sort((a, b) -> list.addAll(List.of(1)) ? 1 : -1),
                () -> list.subList(0, 2).removeIf(element -> list.add(4)))) {
            assertThrows(IllegalStateException.class, () -> soon(change));
            assertEquals(List.of(3, 1, 2), list);
        }
        list.removeIf(element -> list.contains(2) && list.size() == 3);
        assertEquals(List.of(), list, "it may read");
    }

    @Test
    void whoIsOvertakenAgainAndAgainComesToAnEnd() throws Exception {
        list.addAll(List.of(3, 1, 2));
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            // The other thread changes the list in each run, as long as it can.
            soon(() -> list.replaceAll(element -> {
                Future<?> change = other.submit(() -> list.set(0, 3));
                try {
                    change.get(100, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    // It is kept out: this is the last run.
                } catch (InterruptedException | ExecutionException e) {
                    throw new IllegalStateException(e);
                }
                return (Integer) element * 10;
            }));
        } finally {
            other.shutdown();
        }
        assertTrue(other.awaitTermination(10, TimeUnit.SECONDS));
        assertEquals(List.of(3, 10, 20), list, "one change after the other");
    }

    private static void soon(Runnable body) {
        FutureTask<Object> task = new FutureTask<>(body, null);
        Thread thread = new Thread(task, "soon");
        thread.setDaemon(true);
        thread.start();
        try {
            task.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (RuntimeException) e.getCause();
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("it goes on for ever", e);
        }
    }

    @Test
    void itsHandleTravelsAndMeansTheSameList() {
        SharedList<Object> other = copy(list);
        list.add("from the first");
        other.add("from the second");
        assertEquals(List.of("from the first", "from the second"), other);
        assertEquals(list, other);
        assertEquals(List.of(List.of("from the first", "from the second")), List.of(other));
    }

    @Test
    void aListMayContainAList() {
        SharedList<Object> inner = SharedList.create();
        list.add(inner);
        inner.add(1);
        assertEquals(List.of(1), list.get(0));
        inner.close();
        assertThrows(RuntimeException.class, () -> list.get(0));
        list.subList(0, 1).clear();
        assertEquals(List.of(), list);
    }

    @Test
    void closingTheMakersHandleEndsTheListForAll() {
        SharedList<Object> other = copy(list);
        list.add("text that is not short");
        assertTrue(files().length > 0);
        SharedList<Object> third = copy(other);
        third.close();
        assertThrows(ClosedObjectException.class, third::size);
        assertEquals(1, list.size());
        list.close();
        list.close();
        assertThrows(ClosedObjectException.class, list::size);
        assertThrows(ClosedObjectException.class, other::size);
        assertThrows(ClosedObjectException.class, () -> other.get(0));
        assertThrows(ClosedObjectException.class, () -> other.add(1));
        assertThrows(ClosedObjectException.class, () -> other.subList(0, 0));
        EncodeException refused = assertThrows(EncodeException.class, () -> copy(other));
        assertTrue(refused.getMessage().contains("is closed"), refused.getMessage());
        assertArrayEquals(new String[0], files());
    }

    private static String[] files() {
        return SessionDirectory.current().path().toFile().list((dir, name) -> name.startsWith("list-"));
    }

    @Test
    void growsByManyAndLargeElementsAndKeepsOneFile() {
        byte[] large = new byte[3_000_000];
        large[2_999_999] = 7;
        List<Object> expected = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            expected.add(i % 2 == 0 ? (Object) i : "number " + i);
            list.add(expected.get(i));
        }
        list.add(large);
        assertArrayEquals(large, (byte[]) list.get(3_000));
        list.remove(3_000);
        assertEquals(expected, list);
        assertEquals(1, files().length);
    }

    @Test
    void anEmptiedListGivesItsRoomBack() {
        list.add(new byte[1_000_000]);
        long large = fileBytes();
        list.clear();
        list.add("again");
        assertTrue(large > 1_000_000 && fileBytes() < 100_000, large + " -> " + fileBytes());
    }

    private static long fileBytes() {
        return SessionDirectory.current().path().resolve(files()[0]).toFile().length();
    }

    @Test
    void whatCannotTravelIsRefusedAndChangesNothing() {
        list.add("first");
        Object thread = new Thread();
        assertThrows(EncodeException.class, () -> list.add(thread));
        assertThrows(EncodeException.class, () -> list.addAll(Arrays.asList("good", thread)));
        assertThrows(EncodeException.class, () -> list.set(0, thread));
        assertThrows(EncodeException.class, () -> list.replaceAll(element -> thread));
        assertThrows(EncodeException.class, () -> list.update(0, element -> thread));
        assertEquals(List.of("first"), list);
        list.add("second");
        assertEquals(List.of("first", "second"), list);
    }

    /** Travels, and does not arrive. */
    private static final class Unreadable implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) throws IOException {
            throw new IOException("not here");
        }
    }

    @Test
    void whatCannotBeReadHereSaysSoAndStays() {
        list.addAll(Arrays.asList("before", new Unreadable(), "behind"));
        DecodeException refused = assertThrows(DecodeException.class, () -> list.get(1));
        assertTrue(refused.getMessage().contains("element 1 of the shared list"), refused.getMessage());
        assertThrows(DecodeException.class, () -> list.remove(1));
        assertThrows(DecodeException.class, () -> list.set(1, "other"));
        assertThrows(DecodeException.class, () -> list.sort(null));
        assertThrows(DecodeException.class, () -> list.removeIf(element -> true));
        assertEquals(3, list.size());
        assertEquals("behind", list.get(2));
        assertEquals("behind", list.removeLast());
        list.subList(1, 2).clear();
        assertEquals(List.of("before"), list);
    }

    @Test
    void aFunctionThatThrowsChangesNothingAndHoldsNobodyUp() {
        int zero = list.size();
        list.addAll(List.of(3, 1, 2));
        assertThrows(ArithmeticException.class, () -> list.update(0, element -> (int) element / zero));
        assertThrows(ArithmeticException.class, () -> list.replaceAll(element -> (int) element / zero));
        assertThrows(ArithmeticException.class, () -> list.removeIf(element -> (int) element / zero == 0));
        assertThrows(ClassCastException.class, () -> list.sort((a, b) -> ((String) a).length()));
        assertEquals(List.of(3, 1, 2), list);
    }

    @Test
    void aFunctionMayUseTheListItself() {
        list.addAll(List.of(3, 1, 2));
        assertEquals(6, list.update(0, element -> (int) element + list.size()));
        list.removeIf(element -> list.indexOf(element) == 1);
        assertEquals(List.of(6, 2), list);
    }

    @Test
    void aFunctionRunsAgainIfTheListWasChangedMeanwhile() {
        list.addAll(List.of(1, 2, 3));
        int[] calls = new int[1];
        list.removeIf(element -> {
            if (calls[0]++ == 0) {
                CompletableFuture.runAsync(() -> list.add(4)).join();
            }
            return (int) element % 2 == 0;
        });
        assertEquals(List.of(1, 3), list);
        int[] updates = new int[1];
        list.update(0, element -> {
            if (updates[0]++ == 0) {
                list.set(0, 10);
            }
            return (int) element + 1;
        });
        assertEquals(List.of(11, 3), list);
        assertEquals(2, updates[0]);
    }

    @Test
    void theEndsOfAnEmptyListAreAnException() {
        assertThrows(NoSuchElementException.class, list::getFirst);
        assertThrows(NoSuchElementException.class, list::getLast);
        assertThrows(NoSuchElementException.class, list::removeFirst);
        assertThrows(NoSuchElementException.class, list::removeLast);
        list.addFirst(2);
        list.addFirst(1);
        list.addLast(null);
        assertEquals(1, list.getFirst());
        assertNull(list.getLast());
        assertNull(list.removeLast());
        assertEquals(1, list.removeFirst());
        assertEquals(List.of(2), list);
    }

    @Test
    void indicesThatAreNotThereAreAnException() {
        list.add(1);
        assertThrows(IndexOutOfBoundsException.class, () -> list.get(1));
        assertThrows(IndexOutOfBoundsException.class, () -> list.get(-1));
        assertThrows(IndexOutOfBoundsException.class, () -> list.set(1, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> list.add(2, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> list.addAll(-1, List.of(2)));
        assertThrows(IndexOutOfBoundsException.class, () -> list.remove(1));
        assertThrows(IndexOutOfBoundsException.class, () -> list.update(1, element -> element));
        assertThrows(IndexOutOfBoundsException.class, () -> list.listIterator(2));
        assertThrows(IndexOutOfBoundsException.class, () -> list.subList(0, 2));
    }

    @Test
    void anIteratorShowsOneMoment() {
        list.addAll(List.of(1, 2, 3));
        Iterator<Object> iterator = list.iterator();
        list.clear();
        list.add(new byte[100_000]);
        list.add("other");
        List<Object> shown = new ArrayList<>();
        iterator.forEachRemaining(shown::add);
        assertEquals(List.of(1, 2, 3), shown);
    }

    @Test
    void anIteratorChangesOnlyWhatItHasSeen() {
        list.addAll(List.of(1, 2, 3));
        ListIterator<Object> iterator = list.listIterator();
        iterator.next();
        list.add(4);
        iterator.set(10);
        iterator.next();
        list.add(0, 0);
        assertThrows(ConcurrentModificationException.class, iterator::remove);
        assertThrows(ConcurrentModificationException.class, () -> iterator.set(20));
        assertThrows(ConcurrentModificationException.class, () -> iterator.add(20));
        list.clear();
        assertThrows(ConcurrentModificationException.class, iterator::remove);
        list.addAll(List.of(7, 2));
        iterator.remove();
        assertEquals(List.of(7), list, "where the iterator stands is what it has seen there");
    }

    @Test
    void aSubListOfAListThatBecameShorterIsAnException() {
        list.addAll(List.of(1, 2, 3, 4));
        List<Object> end = list.subList(2, 4);
        list.remove(3);
        assertEquals(3, end.get(0));
        assertThrows(IndexOutOfBoundsException.class, () -> end.get(1));
        assertThrows(ConcurrentModificationException.class, end::toArray);
        assertThrows(IndexOutOfBoundsException.class, end::clear);
        assertEquals(List.of(1, 2, 3), list);
    }

    @Test
    void partsOfPartsChangeTheListAndKnowTheirLength() {
        list.addAll(List.of(0, 1, 2, 3, 4, 5));
        List<Object> part = list.subList(1, 5);
        List<Object> inner = part.subList(1, 3);
        inner.add(9);
        inner.removeIf(element -> element.equals(2));
        inner.sort(Collections.reverseOrder());
        assertEquals(List.of(9, 3), inner);
        assertEquals(List.of(1, 9, 3, 4), part);
        inner.clear();
        part.replaceAll(element -> (int) element * 10);
        assertEquals(List.of(0, 10, 40, 5), list);
        assertEquals(50, part.stream().mapToInt(element -> (int) element).sum());
    }

    @Test
    void nullIsAnElementAndNoArgument() {
        list.add(null);
        assertTrue(list.contains(null));
        assertThrows(NullPointerException.class, () -> list.addAll(null));
        assertThrows(NullPointerException.class, () -> list.addAll(0, null));
        assertThrows(NullPointerException.class, () -> list.removeAll(null));
        assertThrows(NullPointerException.class, () -> list.retainAll(null));
        assertThrows(NullPointerException.class, () -> list.removeIf(null));
        assertThrows(NullPointerException.class, () -> list.replaceAll(null));
        assertThrows(NullPointerException.class, () -> list.update(0, null));
        assertThrows(NullPointerException.class, () -> SharedList.copyOf(null));
        assertTrue(list.remove(null));
        assertFalse(list.remove(null));
    }

    @Test
    void copyOfTakesAllOrMakesNothing() {
        try (SharedList<Integer> copy = SharedList.copyOf(List.of(1, 2))) {
            assertEquals(List.of(1, 2), copy);
        }
        int before = files().length;
        assertThrows(EncodeException.class, () -> SharedList.copyOf(List.of(new Thread())));
        assertEquals(before, files().length);
    }

    @Test
    void threadsLoseNothingAndNobodySeesHalf() throws Exception {
        int rounds = 2_000;
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int writer = 0; writer < 3; writer++) {
            Object mine = writer;
            tasks.add(start(() -> {
                for (int i = 0; i < rounds; i++) {
                    list.addAll(List.of(mine, "element " + i));
                    if (i % 7 == 0) {
                        assertEquals(0, list.size() % 2, "half of an addAll");
                    }
                }
            }));
        }
        tasks.add(start(() -> {
            for (int i = 0; i < 200; i++) {
                Object[] all = list.toArray();
                for (int k = 0; k < all.length; k += 2) {
                    assertTrue(all[k] instanceof Integer && all[k + 1] instanceof String, "half of an addAll");
                }
            }
        }));
        for (FutureTask<Void> task : tasks) {
            task.get(60, TimeUnit.SECONDS);
        }
        assertEquals(3 * 2 * rounds, list.size());
        for (int writer = 0; writer < 3; writer++) {
            Object mine = writer;
            List<Object> all = new ArrayList<>(list);
            List<Object> ofOne = IntStream.range(0, rounds * 3)
                    .filter(i -> all.get(2 * i).equals(mine))
                    .mapToObj(i -> all.get(2 * i + 1))
                    .toList();
            assertEquals(
                    IntStream.range(0, rounds)
                            .mapToObj(i -> (Object) ("element " + i))
                            .toList(),
                    ofOne);
        }
    }

    @Test
    void whatIsReadAtOnceWasThereAtOneMoment() throws Exception {
        list.addAll(List.of(0, 0));
        FutureTask<Void> writer = start(() -> {
            for (int i = 1; i <= 20_000; i++) {
                list.set(0, i);
                list.set(1, i);
            }
        });
        int seen = 0;
        while (!writer.isDone() || seen == 0) {
            Object[] both = list.toArray();
            int ahead = (int) both[0] - (int) both[1];
            assertTrue(ahead == 0 || ahead == 1, () -> "read " + Arrays.toString(both));
            seen++;
        }
        writer.get(60, TimeUnit.SECONDS);
        assertEquals(List.of(20_000, 20_000), list);
    }

    @Test
    void updatesAreNotLost() throws Exception {
        list.addAll(List.of(0, 0L));
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int thread = 0; thread < 3; thread++) {
            tasks.add(start(() -> {
                for (int i = 0; i < 2_000; i++) {
                    list.update(0, number -> (int) number + 1);
                    list.update(1, number -> (long) number + 1);
                }
            }));
        }
        for (FutureTask<Void> task : tasks) {
            task.get(60, TimeUnit.SECONDS);
        }
        assertEquals(List.of(6_000, 6_000L), list);
    }

    @Test
    void eachElementIsTakenOnce() throws Exception {
        int count = 4_000;
        list.addAll(IntStream.range(0, count).boxed().toList());
        List<FutureTask<Void>> tasks = new ArrayList<>();
        List<Object> taken = Collections.synchronizedList(new ArrayList<>());
        for (int thread = 0; thread < 4; thread++) {
            boolean first = thread % 2 == 0;
            tasks.add(start(() -> {
                for (int i = 0; i < count / 4; i++) {
                    taken.add(first ? list.removeFirst() : list.removeLast());
                }
            }));
        }
        for (FutureTask<Void> task : tasks) {
            task.get(60, TimeUnit.SECONDS);
        }
        assertEquals(count, taken.stream().distinct().count());
        assertTrue(list.isEmpty());
    }

    private static FutureTask<Void> start(Runnable body) {
        FutureTask<Void> task = new FutureTask<>(body, null);
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return task;
    }
}
