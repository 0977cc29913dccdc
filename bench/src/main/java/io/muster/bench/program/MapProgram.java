package io.muster.bench.program;

import io.muster.bench.harness.Group;
import io.muster.ipc.data.SharedMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/** A shared map, beside a map of this process alone. Argument: rounds of each measurement. */
public final class MapProgram {
    private static final int FEW_KEYS = 10_000;
    private static final int MANY_KEYS = 100_000;
    private static final int STEPS_AT_ONCE = 50_000;
    /** The compilers need some millions of operations, and time on a busy machine. */
    private static final int WARM_UPS = 80;

    private static final int RACE_WARM_UPS = 3;
    private static final int COUNTERS = 1_000;

    private static long sink;

    private final int rounds;

    private MapProgram(int rounds) {
        this.rounds = rounds;
    }

    public static void main(String[] args) throws Exception {
        Lifeline.hold();
        MapProgram program = new MapProgram(Integer.parseInt(args[0]));
        for (int keys : new int[] {FEW_KEYS, MANY_KEYS}) {
            try (SharedMap<String, Long> shared = SharedMap.create()) {
                program.getAndPut(Group.MUSTER, shared, keys);
            }
            program.getAndPut("ConcurrentHashMap", new ConcurrentHashMap<>(), keys);
        }
        program.increments("add-1", 1);
        program.increments("add-1000", COUNTERS);
    }

    private void getAndPut(String who, Map<String, Long> map, int count) {
        String[] keys = new String[count];
        for (int i = 0; i < count; i++) {
            keys[i] = "key-" + i;
            map.put(keys[i], (long) i);
        }
        int[] order = new SplittableRandom(1).ints(STEPS_AT_ONCE, 0, count).toArray();
        long[] gets = new long[rounds];
        long[] puts = new long[rounds];
        long getBytes = 0;
        for (int i = -WARM_UPS; i < rounds; i++) {
            long before = Figures.bytesOfThisThread();
            long start = System.nanoTime();
            long sum = 0;
            for (int index : order) {
                sum += map.get(keys[index]);
            }
            long middle = System.nanoTime();
            getBytes = Figures.bytesOfThisThread() - before;
            long begin = System.nanoTime();
            for (int index : order) {
                map.put(keys[index], sum + index);
            }
            puts[Math.max(0, i)] = System.nanoTime() - begin;
            gets[Math.max(0, i)] = middle - start;
            sink += sum;
        }
        Figures figures = new Figures(who);
        String suffix = "-" + count / 1000 + "k";
        figures.printPerItem("get" + suffix, STEPS_AT_ONCE, gets);
        figures.printBytes("get" + suffix, (double) getBytes / STEPS_AT_ONCE);
        figures.printPerItem("put" + suffix, STEPS_AT_ONCE, puts);
    }

    private static int next;

    private void increments(String metric, int count) throws Exception {
        String[] keys = new String[count];
        for (int i = 0; i < count; i++) {
            keys[i] = "counter-" + i;
        }
        try (SharedMap<String, Long> map = SharedMap.create();
                Race race = new Race(() -> {
                    next = next + 1 < count ? next + 1 : 0;
                    map.addAndGet(keys[next], 1);
                })) {
            double[] costs = new double[rounds];
            long expected = 0;
            for (int i = -RACE_WARM_UPS; i < rounds; i++) {
                Race.Result result = race.round();
                costs[Math.max(0, i)] = result.nanosPerStep();
                expected += result.ours() + result.theirs();
            }
            long found = map.values().stream().mapToLong(Long::longValue).sum();
            if (found != expected) {
                throw new IllegalStateException(found + " increments arrived of " + expected);
            }
            new Figures(Group.MUSTER).print(metric, costs);
        }
    }
}
