package io.muster.samples.worklist;

import io.muster.ChildProcess;
import io.muster.ipc.journal.WorkQueue;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The program that has work to be done: it orders the tasks once, starts workers, and waits until the list is empty. All that
 * it must not forget is in the directory, so it may be killed at any time, alone or with everybody.
 *
 * @param directory of the list, of the results, and of the log
 * @param tasks how many are ordered, if that was not done before
 * @param stall the task over which a worker falls asleep if it is the first one to have it; 0 for none
 */
record Office(String directory, int tasks, int stall) implements Serializable {
    static final int WORKERS = 3;
    /** Its workers have come to an end before the work. */
    static final int UNFINISHED = 1;

    Path home() {
        return Path.of(directory);
    }

    /** Where the result of a task is. */
    Path result(int task) {
        return home().resolve("results").resolve("task-" + task);
    }

    WorkQueue<Integer> open() {
        return WorkQueue.open(home().resolve("tasks"), Integer.class);
    }

    /** Runs in a child, whose JVM has the journal's flags; the workers inherit them. */
    void run() throws IOException, InterruptedException {
        Files.createDirectories(home().resolve("results"));
        try (WorkQueue<Integer> list = open()) {
            order(list);
            List<ChildProcess> workers = new ArrayList<>();
            for (int i = 1; i <= WORKERS && list.counts().open() > 0; i++) {
                workers.add(ChildProcess.named("worker-" + i).heap("64m").start(new Worker(this)::run));
            }
            for (ChildProcess worker : workers) {
                worker.join();
            }
            WorkQueue.Counts counts = list.counts();
            System.out.println("the list: " + counts.open() + " tasks are open, " + results() + " results are there");
            if (counts.open() > 0) {
                System.exit(UNFINISHED);
            }
        }
    }

    /**
     * Once and no more, also if this process is killed in the middle of it: then it is done from the beginning, and who gets a
     * task twice finds its result.
     */
    private void order(WorkQueue<Integer> list) throws IOException {
        Path ordered = home().resolve("ordered");
        if (!Files.exists(ordered)) {
            for (int task = 1; task <= tasks; task++) {
                list.append(task);
            }
            list.sync();
            Files.createFile(ordered);
            System.out.println(tasks + " tasks are ordered");
        } else {
            System.out.println(list.counts().open() + " tasks are open");
        }
    }

    private long results() throws IOException {
        try (var files = Files.list(home().resolve("results"))) {
            return files.filter(each -> !each.toString().endsWith(Worker.UNFINISHED_SUFFIX))
                    .count();
        }
    }
}
