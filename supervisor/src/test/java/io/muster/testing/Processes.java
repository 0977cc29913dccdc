package io.muster.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Other processes, seen from a test. */
public final class Processes {
    private Processes() {}

    /** True if that process exists and has not ended; one that only waits to be reaped has. */
    public static boolean isAlive(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state != 'Z' && state != 'X';
        } catch (IOException e) {
            return false;
        }
    }

    /** True if it is stopped, each of its threads: the first ones stop while the last still run. */
    public static boolean isStopped(long pid) {
        String[] threads = Path.of("/proc/" + pid + "/task").toFile().list();
        return threads != null && Arrays.stream(threads).allMatch(thread -> isStopped(pid, thread));
    }

    private static boolean isStopped(long pid, String thread) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/task/" + thread + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
        } catch (IOException e) {
            return false;
        }
    }

    /** How often the thread that runs {@code main} has gone to sleep; -1 if the process has ended. */
    public static long sleepsOfMain(long pid) {
        String[] threads = Path.of("/proc/" + pid + "/task").toFile().list();
        long sleeps = -1;
        for (String thread : threads == null ? new String[0] : threads) {
            sleeps = Math.max(sleeps, sleepsIfMain(Path.of("/proc/" + pid + "/task/" + thread)));
        }
        return sleeps;
    }

    private static long sleepsIfMain(Path thread) {
        try {
            List<String> status = Files.readAllLines(thread.resolve("status"));
            String counted = status.stream()
                    .filter(line -> line.startsWith("voluntary_ctxt_switches:"))
                    .findFirst()
                    .orElseThrow();
            // The launcher's own thread has that name too, and sleeps all the time.
            return status.get(0).equals("Name:\tjava")
                    ? Long.parseLong(counted.substring(counted.indexOf(':') + 1).trim())
                    : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    /** Sends a signal by its name. */
    public static void signal(long pid, String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until none of them lives any more. */
    public static void awaitGone(Duration limit, Set<Long> pids) {
        Eventually.within(
                limit,
                () -> pids.stream().noneMatch(Processes::isAlive),
                () -> "still there: " + pids.stream().filter(Processes::isAlive).toList());
    }

    /** For code in children: waits until this process is ended from outside. */
    public static void waitForEver() {
        while (true) {
            LockSupport.parkNanos(Long.MAX_VALUE);
        }
    }
}
