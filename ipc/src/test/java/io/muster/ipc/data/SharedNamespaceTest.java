package io.muster.ipc.data;

import static io.muster.ipc.data.SharedNamespace.attribute;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.codec.EncodeException;
import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.data.SharedNamespace.Attribute;
import io.muster.ipc.memory.ClosedObjectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Named values of any types. */
class SharedNamespaceTest {
    private static final Attribute<Integer> COUNT = attribute("count", Integer.class);

    private final SharedNamespace space = SharedNamespace.create();

    @AfterEach
    void close() {
        space.close();
    }

    private static SharedNamespace copy(SharedNamespace namespace) {
        ObjectCodec codec = ObjectCodec.standard();
        return (SharedNamespace) codec.decode(codec.encode(namespace));
    }

    @Test
    void valuesAreFoundByNameAndType() {
        space.set("name", "Ada");
        space.set(COUNT, 3);
        assertEquals("Ada", space.get("name", String.class));
        assertEquals("Ada", space.get("name", CharSequence.class));
        assertEquals(3, space.get(COUNT));
        assertEquals(3, space.get("count", int.class));
        assertEquals(Set.of("count", "name"), space.names());
        assertEquals(Map.of("count", 3, "name", "Ada"), space.asMap());
        space.asMap().put("more", 1L);
        assertEquals(Optional.of(1L), space.find("more", Long.class));
        assertEquals(List.of("count", "more", "name"), new ArrayList<>(space.names()));
    }

    @Test
    void whatIsNotThereOrOfAnotherTypeSaysSo() {
        space.set("name", "Ada");
        NoSuchElementException missing = assertThrows(NoSuchElementException.class, () -> space.get(COUNT));
        assertEquals("there is no attribute 'count'; there are [name]", missing.getMessage());
        assertEquals(Optional.empty(), space.find(COUNT));
        ClassCastException other = assertThrows(ClassCastException.class, () -> space.get("name", Integer.class));
        assertEquals("attribute 'name' is of type java.lang.String, not java.lang.Integer", other.getMessage());
        assertThrows(ClassCastException.class, () -> space.update("name", Integer.class, count -> count + 1));
        assertThrows(NoSuchElementException.class, () -> space.update(COUNT, count -> count + 1));
        assertTrue(space.remove("name"));
        assertFalse(space.remove("name"));
        assertEquals(Set.of(), space.names());
    }

    @Test
    void nullIsNoNameAndNoValue() {
        assertThrows(NullPointerException.class, () -> space.set("name", null));
        assertThrows(NullPointerException.class, () -> space.set((String) null, 1));
        assertThrows(NullPointerException.class, () -> space.get("name", null));
        assertThrows(NullPointerException.class, () -> space.remove(null));
        assertThrows(NullPointerException.class, () -> attribute(null, String.class));
        space.set(COUNT, 1);
        assertThrows(NullPointerException.class, () -> space.update(COUNT, count -> null));
        assertThrows(NullPointerException.class, () -> space.update(COUNT, null));
        assertEquals(1, space.get(COUNT));
    }

    @Test
    void whatThrowsOrCannotTravelChangesNothing() {
        space.set(COUNT, 1);
        assertThrows(EncodeException.class, () -> space.set("count", new Thread()));
        assertThrows(IllegalArgumentException.class, () -> space.update(COUNT, count -> Integer.parseInt("one")));
        assertEquals(1, space.get(COUNT));
        assertEquals(2, space.update(COUNT, count -> count + 1));
    }

    @Test
    void itsHandleTravelsAndMeansTheSameValues() {
        SharedNamespace other = copy(space);
        other.set(COUNT, 5);
        assertEquals(5, space.get(COUNT));
        assertEquals(space, other);
        SharedNamespace third = copy(space);
        third.close();
        assertThrows(ClosedObjectException.class, () -> third.get(COUNT));
        assertEquals(5, other.get(COUNT));
        space.close();
        assertThrows(ClosedObjectException.class, () -> other.get(COUNT));
        assertThrows(ClosedObjectException.class, () -> other.set(COUNT, 6));
    }

    @Test
    void updatesAreNotLost() throws Exception {
        space.set(COUNT, 0);
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            FutureTask<Void> task = new FutureTask<>(
                    () -> {
                        for (int k = 0; k < 2_000; k++) {
                            space.update(COUNT, count -> count + 1);
                        }
                    },
                    null);
            tasks.add(task);
            new Thread(task).start();
        }
        for (FutureTask<Void> task : tasks) {
            task.get(60, TimeUnit.SECONDS);
        }
        assertEquals(6_000, space.get(COUNT));
    }
}
