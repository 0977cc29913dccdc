package io.muster.ipc.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.codec.DecodeException.Reason;
import io.muster.ipc.codec.Fixtures.Holder;
import io.muster.ipc.codec.Fixtures.Person;
import io.muster.ipc.codec.Fixtures.Plain;
import io.muster.ipc.codec.Fixtures.Point;
import io.muster.ipc.codec.Fixtures.Positive;
import io.muster.ipc.memory.Memory;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Identity, self-contained and canonical encodings, reuse. */
class PromisesTest {
    private final ObjectCodec codec = ObjectCodec.standard();

    @Test
    void identityIsKeptAmongObjectsOfJavaSerialization() {
        Person ada = new Person("ada");
        Person bob = new Person("bob");
        ada.friend = bob;
        bob.friend = ada;
        List<?> back = (List<?>) codec.decode(codec.encode(List.of(ada, new Holder(bob), Map.of("ada", ada))));
        Person first = (Person) back.get(0);
        assertSame(first.friend, ((Holder) back.get(1)).held());
        assertSame(first, first.friend.friend);
        assertSame(first, ((Map<?, ?>) back.get(2)).get("ada"));
    }

    @Test
    void listsOfSuchObjectsDescribeTheClassOnce() {
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            people.add(new Person("person " + i));
        }
        int one = codec.encode(people.subList(0, 1)).length;
        int all = codec.encode(people).length;
        assertTrue(all < one + 99 * 40, one + " bytes for one, " + all + " for 100");
    }

    @Test
    void otherObjectsAreCopiedForEachReference() {
        int[] array = {1};
        Object[] back = (Object[]) codec.decode(codec.encode(new Object[] {array, array}));
        assertArrayEquals(array, (int[]) back[0]);
        assertFalse(back[0] == back[1]);
    }

    @Test
    void theFirstByteTellsWhetherUserCodeIsNeeded() {
        for (Object value : List.of(
                1,
                "x",
                new UUID(1, 2),
                Instant.EPOCH,
                new int[1],
                new String[] {"x"},
                new Integer[] {1},
                List.of(1, "x"),
                new ArrayList<>(List.of(List.of(1), Map.of("k", Optional.of(BigDecimal.ONE)))),
                OptionalInt.of(1),
                Optional.of(new Object[] {1}),
                new TreeMap<>(Map.of(1, 2)))) {
            assertTrue(ObjectCodec.isSelfContained(codec.encode(value)[0]), () -> "" + value);
        }
        Map<String, Object> deep = new HashMap<>(Map.of("a", 1, "b", List.of(Optional.of(new Point(1, 2)))));
        for (Object value : List.of(
                new Point(1, 2),
                Plain.ONE,
                Point.class,
                new Person("p"),
                new Point[0],
                List.of(new Point(1, 2), new Point(3, 4)),
                new TreeMap<>(String.CASE_INSENSITIVE_ORDER),
                deep)) {
            assertFalse(ObjectCodec.isSelfContained(codec.encode(value)[0]), () -> "" + value);
        }
        assertTrue(ObjectCodec.isSelfContained(codec.encode(null)[0]));
    }

    private record Key(String name, int version, Plain kind, UUID id) {}

    private record Loose(String name) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Loose that && name.equalsIgnoreCase(that.name);
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    @Test
    void canonicalTypesAreSaid() {
        for (Class<?> type : List.of(
                String.class,
                Integer.class,
                long.class,
                UUID.class,
                Plain.class,
                Key.class,
                Instant.class,
                Point.class)) {
            assertTrue(ObjectCodec.isCanonical(type), type.getName());
        }
        for (Class<?> type : List.of(
                Object.class, List.class, ArrayList.class, Person.class, Holder.class, Loose.class, int[].class)) {
            assertFalse(ObjectCodec.isCanonical(type), type.getName());
        }
        Key key = new Key("n", 1, Plain.TWO, new UUID(1, 2));
        Key equal = new Key(new String("n"), 1, Plain.TWO, new UUID(1, 2));
        assertArrayEquals(codec.encode(key), codec.encode(equal));
        double strangeNaN = Double.longBitsToDouble(0x7ff8000000000001L);
        assertArrayEquals(codec.encode(Double.NaN), codec.encode(strangeNaN));
    }

    @Test
    void constructorsOfRecordsAreAsked() {
        byte[] bytes = codec.encode(new Positive(1));
        bytes[bytes.length - 4] = 0;
        DecodeException e = assertThrows(DecodeException.class, () -> codec.decode(bytes));
        assertEquals(Reason.USER_CODE, e.reason());
        assertEquals(
                "the constructor of io.muster.ipc.codec.Fixtures$Positive failed:"
                        + " java.lang.IllegalArgumentException: not positive: 0",
                e.getMessage());
    }

    @Test
    void inputsCopyFromMemoryAndOutputsGoThere() {
        Memory memory = Memory.wrap(ByteBuffer.allocateDirect(1024));
        CodecOutput out = new CodecOutput();
        codec.write(out, List.of("in", "memory"));
        out.writeTo(memory, 100);
        CodecInput in = new CodecInput();
        for (int i = 0; i < 2; i++) {
            in.copyFrom(memory, 100, out.position());
            assertEquals(List.of("in", "memory"), codec.read(in));
        }
    }

    @Test
    void aWarmOutputAllocatesNothingForScalarsAndLambdas() {
        CodecOutput out = new CodecOutput(4096);
        int captured = 77_777;
        LambdaTest.Make<Integer> task = () -> captured;
        Object[] values = {5_000, "twenty-five characters ...", 1e9, new byte[100], new Point(1, 2), Plain.ONE};
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 200; round++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < 100; i++) {
                out.reset();
                for (Object value : values) {
                    codec.write(out, value);
                }
            }
            least = Math.min(
                    least,
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        assertTrue(least < 100 * 16, least + " bytes for 100 rounds");
        codec.write(out, task);
    }
}
