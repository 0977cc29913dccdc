package io.muster.samples.worklist;

import io.muster.ChildProcess;
import io.muster.ipc.journal.Delivery;
import io.muster.ipc.journal.WorkQueue;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Takes a task, does it, acknowledges it, until none is open. If it dies before it has acknowledged, another one gets the
 * task; so a task can be done twice, and is made such that this does no harm: its result is a file that is there or not.
 *
 * @param office for whom it works
 */
record Worker(Office office) implements Serializable {
    static final String UNFINISHED_SUFFIX = ".unfinished";

    private static final int TASK_MILLIS = 100;
    private static final Duration LOOK = Duration.ofMillis(100);

    /** Runs in a child. */
    void run() throws IOException, InterruptedException {
        Log log = new Log(office.home());
        try (WorkQueue<Integer> list = office.open()) {
            while (list.counts().open() > 0) {
                Delivery<Integer> delivery = list.poll(LOOK); // Those that are open may all be in others' hands.
                if (delivery != null) {
                    int task = delivery.entry();
                    log.begun(task);
                    work(task, delivery.attempt());
                    if (delivery.ack()) {
                        log.done(task);
                    }
                }
            }
        }
    }

    private void work(int task, int attempt) throws IOException, InterruptedException {
        String who = ChildProcess.current().name() + " (pid "
                + ChildProcess.current().pid() + ")";
        System.out.println(who + ": task " + task + (attempt > 1 ? ", attempt " + attempt : ""));
        if (task == office.stall() && attempt == 1) {
            TimeUnit.HOURS.sleep(1);
        }
        Path result = office.result(task);
        if (!Files.exists(result)) {
            TimeUnit.MILLISECONDS.sleep(TASK_MILLIS); // As long as work takes.
            Path unfinished = Path.of(result + "." + ChildProcess.current().pid() + UNFINISHED_SUFFIX);
            Files.writeString(unfinished, who + "\n");
            Files.move(unfinished, result, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
