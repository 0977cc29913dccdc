package io.muster.ipc.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.codec.Fixtures.Holder;
import io.muster.ipc.codec.Fixtures.Person;
import io.muster.ipc.codec.Fixtures.Plain;
import io.muster.ipc.codec.Fixtures.Point;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values nested at random, the same for a seed. */
class RandomValuesTest {
    private final ObjectCodec codec = ObjectCodec.standard();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyNestingComesBack(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            Object value = value(random, 5);
            byte[] bytes = codec.encode(value);
            Object back = codec.decode(bytes);
            assertTrue(Same.same(value, back), () -> value + " came back as " + back);
            assertArrayEquals(bytes, codec.encode(back), "and has the same bytes again");
        }
    }

    private static Object value(Random random, int depth) {
        return depth > 0 && random.nextInt(3) > 0 ? container(random, depth - 1) : leaf(random);
    }

    private static Object container(Random random, int depth) {
        List<Object> items = new ArrayList<>();
        boolean alike = random.nextInt(3) == 0;
        int kind = random.nextInt(13);
        for (int i = random.nextInt(8); i > 0; i--) {
            items.add(alike ? leaf(random, kind) : value(random, depth));
        }
        return switch (random.nextInt(8)) {
            case 0 -> items;
            case 1 -> items.toArray();
            case 2 -> Arrays.asList(items.toArray());
            case 3 -> items.contains(null) ? items : List.copyOf(items);
            case 4 -> map(items);
            case 5 -> new Holder(items);
            case 6 -> Optional.of(items);
            default -> new Object[][] {items.toArray(), null};
        };
    }

    private static Map<Object, Object> map(List<Object> items) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            map.put("key " + i, items.get(i));
        }
        return map;
    }

    private static Object leaf(Random random) {
        return leaf(random, random.nextInt(13));
    }

    private static Object leaf(Random random, int kind) {
        return switch (kind) {
            case 0 -> random.nextInt();
            case 1 -> random.nextLong();
            case 2 -> random.nextDouble();
            case 3 -> string(random);
            case 4 -> bytes(random);
            case 5 -> new Point(random.nextInt(), random.nextInt());
            case 6 -> null;
            case 7 -> Plain.values()[random.nextInt(2)];
            case 8 -> new UUID(random.nextLong(), random.nextLong());
            case 9 -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
            case 10 -> new BigInteger(random.nextInt(200), random);
            case 11 -> new Person("p" + string(random)); // not empty: strings keep their identity in Java serialization
            default -> random.ints(random.nextInt(20)).toArray();
        };
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String string(Random random) {
        int[] ranges = {0x80, 0x100, 0x10000};
        int range = ranges[random.nextInt(3)];
        char[] chars = new char[random.nextInt(100)];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) random.nextInt(range);
        }
        return new String(chars);
    }
}
