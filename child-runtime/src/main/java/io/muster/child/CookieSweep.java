package io.muster.child;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Kills what a child left behind: processes that its code started, wherever they hang in the process tree by now.
 *
 * <p>Each child has a cookie in its environment, and whatever it starts inherits it, also what detached itself. A child's
 * own children carry their parent's cookie as a beginning of theirs, {@code a/b}, so one sweep covers all below; the
 * child JVMs of this library are left out, as they end by their lifeline and sweep for themselves. Does nothing where
 * there is no {@code /proc}.
 */
public final class CookieSweep {
    /** Name of the environment variable. */
    public static final String VARIABLE = "MUSTER_COOKIE";

    private static final int MAX_ROUNDS = 8;

    private CookieSweep() {}

    /** This process's id, for {@link #sweep}. */
    static long ownPid() {
        return ProcessHandle.current().pid();
    }

    /**
     * Kills all processes whose cookie is {@code cookie} or begins with it, until a round finds none: they may fork
     * while we look.
     *
     * @param cookie the cookie of the child that ended
     * @param sparedPid a process to leave alone; 0 for none
     * @return how many were killed
     */
    public static int sweep(String cookie, long sparedPid) {
        if (cookie.isEmpty()) {
            return 0;
        }
        byte[] wanted = (VARIABLE + "=" + cookie).getBytes(StandardCharsets.UTF_8);
        int killed = 0;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            int found = sweepOnce(wanted, sparedPid);
            if (found == 0) {
                break;
            }
            killed += found;
        }
        return killed;
    }

    private static int sweepOnce(byte[] wanted, long sparedPid) {
        String[] names = new File("/proc").list();
        int killed = 0;
        for (String name : names == null ? new String[0] : names) {
            long pid = pidOf(name);
            if (pid > 1 && pid != sparedPid && carries(pid, wanted) && !isChildJvm(pid) && kill(pid, wanted)) {
                killed++;
            }
        }
        return killed;
    }

    /** The handle first, then the environment again: the handle refuses to signal another process under this id. */
    private static boolean kill(long pid, byte[] wanted) {
        Optional<ProcessHandle> handle = ProcessHandle.of(pid);
        return handle.isPresent() && carries(pid, wanted) && handle.get().destroyForcibly();
    }

    private static boolean carries(long pid, byte[] wanted) {
        return containsEntry(read(pid, "environ"), wanted);
    }

    private static boolean isChildJvm(long pid) {
        return contains(read(pid, "cmdline"), ChildMain.class.getName().getBytes(StandardCharsets.UTF_8));
    }

    /** An entry that is {@code wanted}, or goes on behind it with a slash. */
    static boolean containsEntry(byte[] environment, byte[] wanted) {
        int start = 0;
        while (start + wanted.length <= environment.length) {
            if (startsAt(environment, start, wanted)) {
                int end = start + wanted.length;
                if (end == environment.length || environment[end] == 0 || environment[end] == '/') {
                    return true;
                }
            }
            while (start < environment.length && environment[start] != 0) {
                start++;
            }
            start++;
        }
        return false;
    }

    private static boolean contains(byte[] text, byte[] part) {
        for (int at = 0; at + part.length <= text.length; at++) {
            if (startsAt(text, at, part)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsAt(byte[] text, int at, byte[] part) {
        for (int i = 0; i < part.length; i++) {
            if (text[at + i] != part[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] read(long pid, String what) {
        try (FileInputStream in = new FileInputStream("/proc/" + pid + "/" + what)) {
            return in.readAllBytes();
        } catch (IOException e) {
            return new byte[0]; // ended, or somebody else's
        }
    }

    private static long pidOf(String name) {
        long pid = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            pid = pid * 10 + (c - '0');
        }
        return pid;
    }
}
