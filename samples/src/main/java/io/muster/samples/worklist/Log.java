package io.muster.samples.worklist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the workers did, a line each, in a file to which all of them append. It is no part of the work: with it one can see
 * whether the list keeps its promise, which is that every task is done at least once, again only if the worker that had it
 * died, and never again once it is acknowledged.
 */
final class Log {
    private static final String BEGUN = "begun";
    private static final String DONE = "done";

    private final Path file;

    Log(Path directory) {
        this.file = directory.resolve("log");
    }

    void begun(int task) throws IOException {
        append(BEGUN, task);
    }

    /** Is acknowledged. */
    void done(int task) throws IOException {
        append(DONE, task);
    }

    /** One write of a few bytes in append mode: lines of several processes do not mix, and a killed one writes all or nothing. */
    private void append(String what, int task) throws IOException {
        String line = what + " " + task + " " + ProcessHandle.current().pid() + "\n";
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    List<Entry> read() throws IOException {
        List<Entry> entries = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] words = line.split(" ");
                entries.add(new Entry(words[0].equals(DONE), Integer.parseInt(words[1]), Long.parseLong(words[2])));
            }
        }
        return entries;
    }

    static long countDone(List<Entry> entries) {
        return entries.stream().filter(Entry::isDone).count();
    }

    /** How many of the tasks were begun again although they had been acknowledged; none, it is promised. */
    static long countRepeated(List<Entry> entries) {
        Set<Integer> done = new HashSet<>();
        long repeated = 0;
        for (Entry entry : entries) {
            if (entry.isDone()) {
                done.add(entry.task());
            } else if (done.contains(entry.task())) {
                repeated++;
            }
        }
        return repeated;
    }

    /**
     * A line.
     *
     * @param isDone whether the task was done and acknowledged; else it was begun
     * @param task which
     * @param pid of the worker
     */
    record Entry(boolean isDone, int task, long pid) {}
}
