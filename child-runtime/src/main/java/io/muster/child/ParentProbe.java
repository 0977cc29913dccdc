package io.muster.child;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * Asks the kernel whether our parent is still the one that started us.
 *
 * <p>A process whose parent ends is given to another one at that moment, so a changed parent id is proof, and no other
 * process can ever become our parent under the old id. The file stays open: one look costs two system calls.
 */
final class ParentProbe {
    private static final int LOOKS = 9;

    private final long parentPid;
    private final RandomAccessFile stat;
    /** Up to field 4: two numbers and a command of 15 characters, some of which may be written as four. */
    private final byte[] buffer = new byte[96];

    ParentProbe(long parentPid) {
        this(parentPid, new File("/proc/self/stat"));
    }

    ParentProbe(long parentPid, File stat) {
        this.parentPid = parentPid;
        this.stat = open(stat);
    }

    /** True if the parent has ended. Where there is no {@code /proc} the process table of the JDK is asked. */
    synchronized boolean parentGone() {
        if (stat == null) {
            return !ProcessHandle.of(parentPid).isPresent();
        }
        try {
            stat.seek(0);
            int length = stat.read(buffer, 0, buffer.length);
            return parentIn(buffer, length) != parentPid;
        } catch (IOException e) {
            return false; // cannot tell: alive
        }
    }

    /**
     * Looks again and again, after 1 ms, 2, 4 and so on, half a second in all: for who has a sign that the parent is ending.
     * The kernel closes the files of a process before it gives its children away, so their end comes a moment too early.
     *
     * @return false if it lives on, or if the thread is interrupted meanwhile
     */
    boolean goneSoon() {
        for (int look = 0; look < LOOKS; look++) {
            if (parentGone()) {
                return true;
            }
            try {
                Thread.sleep(1L << look);
            } catch (InterruptedException e) {
                return false;
            }
        }
        return parentGone();
    }

    /** Field 4 of {@code /proc/PID/stat}; the command in field 2 may hold blanks and parentheses, so from its end. */
    static long parentIn(byte[] line, int length) {
        int at = length - 1;
        while (at >= 0 && line[at] != ')') {
            at--;
        }
        at += 4; // ") S "
        long value = 0;
        while (at < length && line[at] >= '0' && line[at] <= '9') {
            value = value * 10 + (line[at++] - '0');
        }
        return value;
    }

    private static RandomAccessFile open(File stat) {
        try {
            return new RandomAccessFile(stat, "r");
        } catch (IOException e) {
            return null;
        }
    }
}
