package io.muster.shared.map;

import io.muster.ipc.data.SharedMap;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/** What children do to a map, and what must be true of it whenever they are killed. */
final class MapWriter {
    static final int KEYS = 300;

    private MapWriter() {}

    /** Changes the map at random for ever: to be killed. */
    static void writeForEver(SharedMap<String, Object> map, long seed) {
        Random random = new Random(seed);
        for (int i = 0; ; i++) {
            String key = "key " + random.nextInt(KEYS);
            switch (random.nextInt(12)) {
                case 0, 1 -> map.put(key, value(key, random.nextInt(400)));
                case 2 -> map.set(key, value(key, random.nextInt(40)));
                case 3, 4 -> map.remove(key);
                case 5 -> map.compute(key, (same, old) -> old == null ? value(same, 3) : null);
                case 6 -> map.putIfAbsent(key, value(key, random.nextInt(100)));
                case 7 -> map.set("large " + random.nextInt(3), new byte[70_000 + random.nextInt(9) * 1_000]);
                case 8 -> map.remove("large " + random.nextInt(3));
                case 9, 10 -> map.addAndGet("number " + random.nextInt(20), 1);
                default -> {
                    if (random.nextInt(200) == 0) {
                        map.clear();
                    }
                }
            }
        }
    }

    private static String value(String key, int length) {
        return key + ":" + length + ":" + "x".repeat(length);
    }

    /** Every value is one that somebody has put for its key, whole. */
    static void checkAll(SharedMap<String, Object> map) {
        for (Map.Entry<String, Object> entry : map.entrySet()) {
            check(entry.getKey(), entry.getValue());
        }
        for (int i = 0; i < KEYS; i++) {
            Object value = map.get("key " + i);
            if (value != null) {
                check("key " + i, value);
            }
        }
    }

    private static void check(String key, Object value) {
        boolean sound;
        if (key.startsWith("key ")) {
            String text = (String) value;
            String[] parts = text.split(":", -1);
            sound = parts.length == 3 && text.equals(value(key, Integer.parseInt(parts[1])));
        } else if (key.startsWith("large ")) {
            byte[] bytes = (byte[]) value;
            sound = bytes.length % 1_000 == 0 && Arrays.equals(bytes, new byte[bytes.length]);
        } else {
            sound = key.startsWith("number ") && value instanceof Long;
        }
        if (!sound) {
            throw new AssertionError(key + " has the value " + value);
        }
    }

    /** At rest. */
    static void checkSize(SharedMap<String, Object> map) {
        int size = map.size();
        long seen = map.keySet().stream().distinct().count();
        long iterated = map.keySet().stream().count();
        if (seen != iterated || seen != size) {
            throw new AssertionError("size " + size + ", " + iterated + " keys seen, " + seen + " different ones");
        }
    }
}
