package io.muster.child;

import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * Asks the kernel whether our parent is still the one that started us.
 *
 * <p>A process whose parent ends is given to another one at that moment, so a changed parent id is proof, and no other
 * process can ever become our parent under the old id. The file stays open: one look costs two system calls.
 */
final class ParentProbe {
    private final long parentPid;
    private final RandomAccessFile stat;
    /** Up to field 4: two numbers and a command of 15 characters, some of which may be written as four. */
    private final byte[] buffer = new byte[96];

    ParentProbe(long parentPid) {
        this.parentPid = parentPid;
        this.stat = open();
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

    private static RandomAccessFile open() {
        try {
            return new RandomAccessFile("/proc/self/stat", "r");
        } catch (IOException e) {
            return null;
        }
    }
}
