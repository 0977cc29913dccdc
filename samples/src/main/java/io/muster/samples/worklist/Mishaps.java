package io.muster.samples.worklist;

import io.muster.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Kills a worker that has a task in hand, then everything, starts again, and looks what has become of the tasks. */
final class Mishaps {
    private static final int STALLED_TASK = 2;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Path directory;
    private final int tasks;
    private final Log log;

    Mishaps(Path directory, int tasks) {
        this.directory = directory;
        this.tasks = tasks;
        this.log = new Log(directory);
    }

    /** Whether the promise was kept. */
    boolean show() throws InterruptedException, IOException {
        ChildProcess office = Worklist.start(new Office(directory.toString(), tasks, STALLED_TASK));
        try {
            killOneWorker(office);
            await(office, "half of the tasks are done", entries -> Log.countDone(entries) >= tasks / 2);
        } finally {
            office.kill(); // With all its workers.
            office.join();
        }
        awaitEndOfAll();
        System.out.println("everything is killed; start again");
        ChildProcess next = Worklist.start(new Office(directory.toString(), tasks, 0));
        try {
            next.join();
        } finally {
            next.terminate();
        }
        return report() && next.exitStatus().orElseThrow().isSuccess();
    }

    private void killOneWorker(ChildProcess office) throws InterruptedException, IOException {
        Predicate<Log.Entry> isIt = entry -> entry.task() == STALLED_TASK && !entry.isDone();
        List<Log.Entry> entries = await(
                office,
                "task " + STALLED_TASK + " is begun",
                all -> all.stream().anyMatch(isIt));
        long pid = entries.stream().filter(isIt).findFirst().orElseThrow().pid();
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        System.out.println("the worker with pid " + pid + " is killed, with task " + STALLED_TASK + " in its hands");
    }

    private List<Log.Entry> await(ChildProcess office, String what, Predicate<List<Log.Entry>> condition)
            throws InterruptedException, IOException {
        long start = System.nanoTime();
        for (List<Log.Entry> entries; ; TimeUnit.MILLISECONDS.sleep(2)) {
            entries = log.read();
            if (condition.test(entries)) {
                return entries;
            }
            if (!office.isAlive() || System.nanoTime() - start > PATIENCE_NANOS) {
                throw new IllegalStateException("it was never seen that " + what + ": " + office);
            }
        }
    }

    /** Workers whose parent was killed halt a moment later. */
    private void awaitEndOfAll() throws InterruptedException, IOException {
        for (Log.Entry entry : log.read()) {
            while (ProcessHandle.of(entry.pid()).isPresent()) {
                TimeUnit.MILLISECONDS.sleep(2);
            }
        }
    }

    private boolean report() throws IOException {
        List<Log.Entry> entries = log.read();
        int missing = 0;
        Office office = new Office(directory.toString(), tasks, 0);
        for (int task = 1; task <= tasks; task++) {
            missing += Files.exists(office.result(task)) ? 0 : 1;
        }
        long begun = entries.stream().filter(entry -> !entry.isDone()).count();
        long repeated = Log.countRepeated(entries);
        System.out.println((tasks - missing) + " of " + tasks + " tasks are done; " + (begun - tasks)
                + " were begun again, of the " + Office.WORKERS + " that could be in the hands of killed workers; "
                + repeated
                + " of them had been acknowledged");
        return missing == 0 && repeated == 0 && begun - tasks >= 1 && begun - tasks <= Office.WORKERS;
    }
}
