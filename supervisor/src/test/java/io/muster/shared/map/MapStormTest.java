package io.muster.shared.map;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ipc.data.SharedMap;
import io.muster.testing.HangDump;
import io.muster.testing.Lines;
import io.muster.testing.Processes;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Writers are killed and replaced for a minute and more; whoever is left finds a map that is whole. */
@ExtendWith(HangDump.class)
class MapStormTest {
    private static final long STORM_NANOS = TimeUnit.SECONDS.toNanos(80);
    private static final int WRITERS = 3;

    private final Lines lines = new Lines();
    private final SharedMap<String, Object> map = SharedMap.create();
    private final SharedMap<String, Long> counts = SharedMap.create();

    @AfterEach
    void endAll() {
        ChildProcess.activeChildren().forEach(ChildProcess::kill);
        map.close();
        counts.close();
    }

    private ChildProcess writer(int number) {
        SharedMap<String, Object> shared = map;
        return ChildProcess.named("writer-" + number)
                .heap("48m")
                .daemon(true)
                .onLine(lines)
                .start(() -> MapWriter.writeForEver(shared, number));
    }

    private ChildProcess counter(int number) {
        SharedMap<String, Long> shared = counts;
        return ChildProcess.named("counter-" + number)
                .heap("48m")
                .daemon(true)
                .onLine(lines)
                .start(() -> {
                    while (true) {
                        shared.merge("all", 1L, Long::sum);
                        shared.addAndGet("of " + number, 1);
                    }
                });
    }

    @Tag("storm")
    @HangDump.Limit(seconds = 240)
    @Test
    void killedWritersLeaveAMapThatIsWhole() throws InterruptedException {
        Random random = new Random();
        ChildProcess[] writers = new ChildProcess[WRITERS];
        ChildProcess counter = counter(0);
        int started = 0;
        int counters = 1;
        long end = System.nanoTime() + STORM_NANOS;
        while (System.nanoTime() < end) {
            for (int i = 0; i < WRITERS; i++) {
                if (writers[i] == null || random.nextInt(3) == 0) {
                    if (writers[i] != null) {
                        Processes.signal(writers[i].pid(), "KILL");
                    }
                    writers[i] = writer(started++);
                }
            }
            if (random.nextBoolean()) {
                Processes.signal(counter.pid(), "KILL");
                counter = counter(counters++);
            }
            for (int i = random.nextInt(20); i >= 0; i--) {
                MapWriter.checkAll(map);
            }
            assertTrue(ChildProcess.activeChildren().size() >= WRITERS, () -> "ended by themselves: " + lines.all());
        }
        ChildProcess.activeChildren().forEach(child -> Processes.signal(child.pid(), "KILL"));
        for (ChildProcess child : ChildProcess.activeChildren()) {
            child.join();
        }
        MapWriter.checkAll(map);
        MapWriter.checkSize(map);
        checkCounts(counters);
    }

    /** Each counter may have been killed between its two increments. */
    private void checkCounts(int counters) {
        long each = 0;
        for (int i = 0; i < counters; i++) {
            each += counts.getLong("of " + i, 0);
        }
        long all = counts.getLong("all", 0);
        assertTrue(all >= each && all <= each + counters, all + " in all, " + each + " by " + counters + " counters");
        assertTrue(all > 100_000, "only " + all);
    }
}
