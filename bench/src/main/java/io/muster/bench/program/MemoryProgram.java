package io.muster.bench.program;

import io.muster.ChildProcess;
import io.muster.ProcessPool;
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
import java.util.List;
import java.util.stream.LongStream;

/**
 * Starts processes that do nothing, a bare JVM among them, and has read what they take. Arguments: for how many seconds; what to
 * call the bare JVM; the command of a JVM, to which a main class is added.
 */
public final class MemoryProgram {
    private static final int WORKERS = 2;
    private static final int TASKS = 1000;

    private MemoryProgram() {}

    public static void main(String[] args) throws Exception {
        Lifeline.hold();
        String seconds = args[0];
        String bareName = args[1];
        List<String> jvm = Arrays.asList(args).subList(2, args.length);
        Process bare = new ProcessBuilder(with(jvm, IdleProgram.class.getName(), "0"))
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
            Thread.sleep(Integer.parseInt(seconds) * 1000L);
            List<String> meter = with(jvm, MeterProgram.class.getName(), seconds, bareName);
            LongStream.of(
                            bare.pid(),
                            child.pid(),
                            waiter.pid(),
                            ProcessHandle.current().pid())
                    .forEach(pid -> meter.add(Long.toString(pid)));
            pool.workers().forEach(worker -> meter.add(Long.toString(worker.pid())));
            measure(meter);
        } finally {
            child.kill();
            waiter.kill();
            bare.destroyForcibly();
        }
    }

    private static List<String> with(List<String> command, String... more) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(more));
        return all;
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

    /** By another process: this one is among those that are measured, and does nothing but wait. */
    private static void measure(List<String> meter) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(meter)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException("the process that measures has failed, exit " + code);
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
