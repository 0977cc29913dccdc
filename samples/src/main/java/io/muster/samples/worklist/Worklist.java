package io.muster.samples.worklist;

import io.muster.ChildProcess;
import io.muster.samples.files.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A list of tasks that outlives everybody. With a directory, it works off the list there: kill any of its processes, or all,
 * and start it again with the same directory. Without one it shows just that, in a temporary directory.
 */
public final class Worklist {
    private static final String USAGE = """
            Usage: muster sample worklist [DIRECTORY [TASKS]]
            Works off a list of tasks that outlives everybody: a journal in files. Three workers take tasks, of 0.1 s each.
              DIRECTORY  where the list is, and stays; made and filled if there is none yet. Kill a worker, or everything, and
                         start again. Without it: a temporary one, in which a worker and then everything is killed
              TASKS      how many are ordered at the first time, 1 to 100000; default 30
            Every task is done at least once, again only if a process died that had it, and never again once it is
            acknowledged; DIRECTORY/log tells what was done.""";

    private static final int DEFAULT_TASKS = 30;
    private static final int MOST_TASKS = 100_000;

    private Worklist() {}

    /**
     * Runs the sample.
     *
     * @param args see {@code --help}
     * @throws InterruptedException if this thread is interrupted; all processes have ended then
     * @throws IOException if files cannot be read or written
     */
    public static void main(String[] args) throws InterruptedException, IOException {
        int tasks = tasks(args);
        if (args.length > 2 || tasks < 1 || args.length > 0 && args[0].startsWith("-")) {
            boolean asked = args[0].equals("--help");
            (asked ? System.out : System.err).println(USAGE);
            System.exit(asked ? 0 : 2);
        }
        if (args.length > 0) {
            Path directory = Files.createDirectories(Path.of(args[0])).toAbsolutePath();
            if (!workOff(directory, tasks)) {
                System.exit(1);
            }
            return;
        }
        Path directory = Files.createTempDirectory("worklist");
        boolean kept;
        try {
            kept = new Mishaps(directory, tasks).show();
        } finally {
            Trees.delete(directory);
        }
        if (!kept) {
            System.exit(1);
        }
    }

    private static int tasks(String... args) {
        try {
            int tasks = args.length > 1 ? Integer.parseInt(args[1]) : DEFAULT_TASKS;
            return tasks <= MOST_TASKS ? tasks : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static boolean workOff(Path directory, int tasks) throws InterruptedException, IOException {
        ChildProcess office = start(new Office(directory.toString(), tasks, 0));
        try {
            office.join();
        } finally {
            office.terminate(); // Does nothing if it has ended.
        }
        List<Log.Entry> log = new Log(directory).read();
        long begun = log.stream().filter(entry -> !entry.isDone()).count();
        System.out.println("so far tasks were begun " + begun + " times, " + Log.countRepeated(log)
                + " of them after they had been acknowledged");
        return office.exitStatus().orElseThrow().isSuccess();
    }

    /** Only the office and its workers use the journal: only their JVMs get the flags that it needs. */
    static ChildProcess start(Office office) {
        return ChildProcess.named("office").heap("64m").journal(true).start(office::run);
    }
}
