package io.muster.ipc.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.NoSpaceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several parties do as they please with one list, and it stays what an {@code ArrayList} is. */
class ListModelTest {
    private final ListWorld world = new ListWorld();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void equalToAnArrayListAfterAnySeriesOfChanges(long seed) {
        Random random = new Random(seed);
        List<SharedList<Object>> handles =
                List.of(world.survivors, world.join(CrashPoint.never()), world.join(CrashPoint.never()));
        List<Object> model = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            SharedList<Object> shared = handles.get(random.nextInt(handles.size()));
            long change = random.nextLong();
            Object result = change(model, new Random(change));
            assertEquals(result, change(shared, new Random(change)), "result of change " + i);
            assertEquals(model.size(), shared.size());
            if (i % 10 == 0) {
                assertEquals(model, handles.get(random.nextInt(handles.size())));
            }
        }
        assertEquals(model, new ArrayList<>(handles.get(0)));
        assertEquals(1, world.generations().size());
        assertTrue(world.generations().iterator().next() > 3, "grew only " + world.generations());
    }

    private static Object change(List<Object> list, Random random) {
        int size = list.size();
        int index = size == 0 ? 0 : random.nextInt(size);
        switch (size == 0 ? random.nextInt(4) : random.nextInt(18)) {
            case 0, 1, 2:
                return list.add(element(random));
            case 3:
                return list.addAll(some(random, 40));
            case 4:
                return list.addAll(index, some(random, 20));
            case 5, 6, 7:
                return list.set(index, element(random));
            case 8:
                list.add(index, element(random));
                return null;
            case 9:
                return list.remove(index);
            case 10:
                return list.remove(element(random));
            case 11:
                return list.removeIf(each -> each == null || each.hashCode() % 17 == 0);
            case 12:
                list.sort(Comparator.comparing(String::valueOf));
                return null;
            case 13:
                list.subList(index, size).replaceAll(each -> each == null ? "was null before" : each);
                return null;
            case 14:
                list.subList(index, Math.min(size, index + random.nextInt(30))).clear();
                return null;
            case 15:
                var iterator = list.listIterator(index);
                iterator.next();
                iterator.set(element(random));
                iterator.add(element(random));
                iterator.previous();
                iterator.remove();
                return null;
            case 16:
                return list.indexOf(element(random)) * 1000 + list.lastIndexOf(element(random));
            default:
                if (random.nextInt(20) == 0) {
                    list.clear();
                }
                return list.contains(element(random));
        }
    }

    private static List<Object> some(Random random, int most) {
        List<Object> some = new ArrayList<>();
        for (int i = random.nextInt(most); i > 0; i--) {
            some.add(element(random));
        }
        return some;
    }

    private static Object element(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> random.nextInt(50);
            case 2 -> "s" + random.nextInt(30);
            case 3 -> (long) random.nextInt(30);
            case 4 -> "a text of some length, number " + random.nextInt(30);
            default -> "y".repeat(random.nextInt(400));
        };
    }

    @Test
    void withoutRoomToGrowTheListIsAsItWasAndCanStillShrink() {
        SharedList<Object> list = world.survivors;
        List<Object> model = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            model.add("element number " + i);
        }
        list.addAll(model);
        world.full = true;
        String large = "z".repeat(200_000);
        assertThrows(NoSpaceException.class, () -> list.add(large));
        assertThrows(NoSpaceException.class, () -> list.add(7, large));
        assertThrows(NoSpaceException.class, () -> list.set(7, large));
        assertThrows(NoSpaceException.class, () -> list.replaceAll(each -> large));
        assertEquals(model, list);
        for (List<Object> each : List.of(model, list)) {
            each.remove(3);
            each.remove(each.size() - 1);
            each.removeIf(element -> element.hashCode() % 3 == 0);
            each.sort(Comparator.comparing(String::valueOf));
            each.subList(2, 10).clear();
        }
        assertEquals(model, list);
        list.clear();
        assertEquals(List.of(), list);
        world.full = false;
        list.add(large);
        assertEquals(List.of(large), list);
    }

    @Test
    void overwrittenBytesAreAnErrorAndNoHang() {
        SharedList<Object> list = world.survivors;
        list.addAll(Arrays.asList("an element of the heap", 2));
        Memory file = world.files.get(1L);
        long slot = ListLayout.slot(ListLayout.FIRST_SLOTS, 0, 0);
        for (long bad : new long[] {0, 8, 1L << 40, file.size() & -8L, -8, file.getLong(slot) + 4}) {
            long good = file.getLong(slot);
            file.putLongVolatile(slot, bad);
            assertThrows(CorruptSegmentException.class, () -> list.get(0), () -> "slot 0x" + Long.toHexString(bad));
            assertEquals(2, list.get(1));
            file.putLongVolatile(slot, good);
        }
        file.putInt(file.getLong(slot), Integer.MAX_VALUE);
        assertThrows(CorruptSegmentException.class, () -> list.get(0));
        file.putLongVolatile(ListLayout.STATE, 100_000);
        assertThrows(CorruptSegmentException.class, list::size);
        assertThrows(CorruptSegmentException.class, () -> list.add(1));
        file.putLongVolatile(ListLayout.SLOTS, 1L << 50);
        assertThrows(
                CorruptSegmentException.class,
                () -> world.join(CrashPoint.never()).size());
        world.files.clear();
        assertThrows(
                RuntimeException.class, () -> world.join(CrashPoint.never()).size());
        file.putLongVolatile(ListLayout.STATE, 0);
        list.add(1);
        assertEquals(List.of(1), list);
    }
}
