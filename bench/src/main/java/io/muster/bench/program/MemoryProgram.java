package io.muster.bench.program;

import io.muster.ChildProcess;
import io.muster.ProcessPool;
import io.muster.WorkerInfo;
import io.muster.bench.harness.Group;
import io.muster.ipc.memory.Segment;
import io.muster.ipc.memory.SessionDirectory;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.WaitStrategy;
import io.muster.ipc.wait.WaitWord;
import io.muster.ipc.wait.Waiter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts processes that do nothing, a bare JVM among them, and reads what they take. Arguments: for how many seconds; what to
 * call the bare JVM, and its command.
 */
public final class MemoryProgram {
    private static final int WORKERS = 2;
    private static final int TASKS = 1000;
    private static final int REST_MILLIS = 2000;

    private MemoryProgram() {}

    public static void main(String[] args) throws Exception {
        Lifeline.hold();
        int seconds = Integer.parseInt(args[0]);
        List<String> bareCommand = Arrays.asList(args).subList(2, args.length);
        Process bare = new ProcessBuilder(bareCommand)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        IdleProgram.awaitReady(bare.getInputStream());
        ChildProcess child = ChildProcess.named("idle").daemon(true).start(MemoryProgram::doNothing);
        ChildProcess waiter = startWaiter();
        try (ProcessPool pool = ProcessPool.workers(WORKERS)) {
            for (int i = 0; i < TASKS; i++) {
                pool.apply(PoolProgram::same, i);
            }
            // What follows a start (compilers, the archive) is to be over, and nobody can tell when it is.
            Thread.sleep(seconds * 1000L);
            measure(seconds, args[1], bare.pid(), child.pid(), waiter.pid(), pool);
        } finally {
            child.kill();
            waiter.kill();
            bare.destroyForcibly();
        }
    }

    /** Until it is killed: an idle process is what is measured. */
    private static void doNothing() throws InterruptedException {
        Thread.sleep(Long.MAX_VALUE);
    }

    private static ChildProcess startWaiter() {
        Path file = SessionDirectory.current().newFile("waiter");
        Segment.create(file, PingPong.KIND, PingPong.VERSION, PingPong.BYTES);
        String path = file.toString();
        return ChildProcess.named("waiter").daemon(true).start(() -> waitForEver(Path.of(path)));
    }

    private static void waitForEver(Path file) {
        Segment segment = Segment.open(file, PingPong.KIND, PingPong.VERSION);
        Waiter.builder()
                .strategy(WaitStrategy.ADAPTIVE)
                .build()
                .awaitUninterruptibly(new WaitWord(segment.memory(), 0), () -> false, Deadline.never());
    }

    private static void measure(int seconds, String bareName, long bare, long child, long waiter, ProcessPool pool)
            throws IOException, InterruptedException {
        Figures ours = new Figures(Group.MUSTER);
        Figures theirs = new Figures(bareName);
        long[] workers = pool.workers().stream().mapToLong(WorkerInfo::pid).toArray();
        theirs.print("child-pss", ProcessCost.pssBytes(bare));
        theirs.print("worker-pss", ProcessCost.pssBytes(bare));
        ours.print("child-pss", ProcessCost.pssBytes(child));
        long[] pss = new long[workers.length];
        for (int i = 0; i < pss.length; i++) {
            pss[i] = ProcessCost.pssBytes(workers[i]);
        }
        ours.print("worker-pss", pss);

        Map<Long, Long> load =
                load(seconds, bare, child, waiter, ProcessHandle.current().pid(), workers);
        theirs.print("child-cpu", load.get(bare));
        ours.print("child-cpu", load.get(child));
        ours.print("worker-cpu", Arrays.stream(workers).map(load::get).toArray());
        ours.print("parent-cpu", load.get(ProcessHandle.current().pid()));
        theirs.print("parent-cpu", load.get(bare));
        theirs.print("worker-cpu", load.get(bare));
        theirs.print("waiter-cpu", load.get(bare));
        ours.print("waiter-cpu", load.get(waiter));
    }

    /** Nanoseconds of processor time in a second, by process. */
    private static Map<Long, Long> load(int seconds, long bare, long child, long waiter, long self, long[] workers)
            throws IOException, InterruptedException {
        List<Long> others = new ArrayList<>(List.of(bare, child, waiter));
        Arrays.stream(workers).forEach(others::add);
        // What reading the memory above has left to the compilers is to be over: we are one of those that are measured.
        Thread.sleep(REST_MILLIS);
        Map<Long, Long> before = read(others);
        // Reading the others costs milliseconds: our own account is opened last and closed first.
        long selfBefore = ProcessCost.cpuNanos(self);
        Thread.sleep(seconds * 1000L); // the span over which it is measured
        long selfTaken = ProcessCost.cpuNanos(self) - selfBefore;
        Map<Long, Long> taken = read(others);
        taken.replaceAll((pid, after) -> (after - before.get(pid)) / seconds);
        taken.put(self, selfTaken / seconds);
        return taken;
    }

    private static Map<Long, Long> read(List<Long> pids) throws IOException {
        Map<Long, Long> nanos = new LinkedHashMap<>();
        for (long pid : pids) {
            nanos.put(pid, ProcessCost.cpuNanos(pid));
        }
        return nanos;
    }
}
