package io.muster.bench.program;

import io.muster.bench.harness.Group;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Reads what idle processes take, as a process of its own: reading takes milliseconds, and what it has the JVM compile takes
 * more. Arguments: for how many seconds; what to call the bare JVM; the pids of the bare JVM, the child, the waiter, the
 * pool's parent and the workers.
 */
public final class MeterProgram {
    /** What was done before is to be over in all of them, and nobody can tell when it is. */
    private static final int REST_MILLIS = 2000;

    private MeterProgram() {}

    public static void main(String[] args) throws Exception {
        Lifeline.hold();
        int seconds = Integer.parseInt(args[0]);
        long[] pids = Arrays.stream(args).skip(2).mapToLong(Long::parseLong).toArray();
        long bare = pids[0];
        long child = pids[1];
        long waiter = pids[2];
        long parent = pids[3];
        long[] workers = Arrays.copyOfRange(pids, 4, pids.length);
        Figures ours = new Figures(Group.MUSTER);
        Figures theirs = new Figures(args[1]);
        Thread.sleep(REST_MILLIS);
        Map<Long, Long> load = load(seconds, pids);
        ours.print("child-cpu", load.get(child));
        ours.print("worker-cpu", LongStream.of(workers).map(load::get).toArray());
        ours.print("parent-cpu", load.get(parent));
        ours.print("waiter-cpu", load.get(waiter));
        for (String metric : new String[] {"child-cpu", "worker-cpu", "parent-cpu", "waiter-cpu"}) {
            theirs.print(metric, load.get(bare));
        }
        // Last: a look at a process's memory holds that process up.
        long[] pss = new long[workers.length];
        for (int i = 0; i < pss.length; i++) {
            pss[i] = ProcessCost.pssBytes(workers[i]);
        }
        ours.print("child-pss", ProcessCost.pssBytes(child));
        ours.print("worker-pss", pss);
        theirs.print("child-pss", ProcessCost.pssBytes(bare));
        theirs.print("worker-pss", ProcessCost.pssBytes(bare));
    }

    /** Nanoseconds of processor time in a second, by process. */
    private static Map<Long, Long> load(int seconds, long[] pids) throws IOException, InterruptedException {
        Map<Long, ProcessCost> accounts = new LinkedHashMap<>();
        for (long pid : pids) {
            accounts.put(pid, ProcessCost.from(pid));
        }
        Thread.sleep(seconds * 1000L); // the span over which it is measured
        Map<Long, Long> taken = new LinkedHashMap<>();
        for (Map.Entry<Long, ProcessCost> account : accounts.entrySet()) {
            taken.put(account.getKey(), account.getValue().cpuNanos() / seconds);
        }
        return taken;
    }
}
