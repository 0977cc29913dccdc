import java.io.File;
import java.util.SplittableRandom;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;

/** Chronicle Map of String to Long, as the program of Muster's map does it. Argument: rounds; or: add FILE COUNT MILLIS. */
class ChronicleMapPeer {
    static final int STEPS = 50_000;
    static final int WARM_UPS = 10;
    static final int MILLIS = 200;
    static long sink;

    public static void main(String[] args) throws Exception {
        Peer.hold();
        if (args[0].equals("add")) {
            add(open(new File(args[1]), Integer.parseInt(args[2])), Integer.parseInt(args[2]), Long.parseLong(args[3]));
            return;
        }
        int rounds = Integer.parseInt(args[0]);
        getAndPut(10_000, rounds);
        getAndPut(100_000, rounds);
        increments("add-1", 1, rounds);
        increments("add-1000", 1000, rounds);
    }

    static ChronicleMap<String, Long> open(File file, int keys) throws Exception {
        return ChronicleMapBuilder.of(String.class, Long.class)
                .averageKey("key-12345")
                .entries(2L * keys + 100)
                .createPersistedTo(file);
    }

    static void getAndPut(int count, int rounds) throws Exception {
        File file = File.createTempFile("chronicle", ".map");
        try (ChronicleMap<String, Long> map = open(file, count)) {
            String[] keys = new String[count];
            for (int i = 0; i < count; i++) {
                keys[i] = "key-" + i;
                map.put(keys[i], (long) i);
            }
            int[] order = new SplittableRandom(1).ints(STEPS, 0, count).toArray();
            StringBuilder gets = new StringBuilder();
            StringBuilder puts = new StringBuilder();
            for (int i = -WARM_UPS; i < rounds; i++) {
                long start = System.nanoTime();
                long sum = 0;
                for (int index : order) {
                    sum += map.get(keys[index]);
                }
                long middle = System.nanoTime();
                for (int index : order) {
                    map.put(keys[index], sum + index);
                }
                long end = System.nanoTime();
                sink += sum;
                if (i >= 0) {
                    gets.append((double) (middle - start) / STEPS).append(' ');
                    puts.append((double) (end - middle) / STEPS).append(' ');
                }
            }
            Peer.show("get-" + count / 1000 + "k", "Chronicle Map", gets);
            Peer.show("put-" + count / 1000 + "k", "Chronicle Map", puts);
        }
        file.delete();
    }

    static void increments(String metric, int count, int rounds) throws Exception {
        File file = File.createTempFile("chronicle", ".map");
        StringBuilder costs = new StringBuilder();
        try (ChronicleMap<String, Long> map = open(file, count)) {
            Process other = Peer.again("add", file, count, (rounds + 4) * MILLIS);
            other.getInputStream().read();
            add(map, count, MILLIS);
            for (int i = 0; i < rounds; i++) {
                long before = sum(map);
                long start = System.nanoTime();
                add(map, count, MILLIS);
                costs.append((double) (System.nanoTime() - start) / (sum(map) - before)).append(' ');
            }
            Peer.end(other);
        }
        Peer.show(metric, "Chronicle Map", costs);
        file.delete();
    }

    static long sum(ChronicleMap<String, Long> map) {
        long sum = 0;
        for (long value : map.values()) {
            sum += value;
        }
        return sum;
    }

    static void add(ChronicleMap<String, Long> map, int count, long millis) {
        String[] keys = new String[count];
        for (int i = 0; i < count; i++) {
            keys[i] = "counter-" + i;
        }
        System.err.flush();
        Peer.ready();
        long end = System.nanoTime() + millis * 1_000_000;
        for (int i = 0; System.nanoTime() - end < 0; i = i + 1 < count ? i + 1 : 0) {
            map.merge(keys[i], 1L, Long::sum);
        }
    }
}
