package io.muster.ipc.memory;

/**
 * What the kernel's line about a process or thread, {@code /proc/PID/stat}, says of its life.
 *
 * @param pid as that {@code /proc} sees it
 * @param state the kernel's letter: Z is a zombie, X is dead
 * @param flags of the kernel; the bit {@link #EXITING} is set from the moment a thread begins to end
 * @param startTicks when it started, in ticks since boot
 */
record ProcessStat(long pid, char state, long flags, long startTicks) {
    private static final long EXITING = 4;
    private static final int STATE_FIELD = 3;
    private static final int FLAGS_FIELD = 9;
    private static final int START_FIELD = 22;

    static ProcessStat readOrNull(String path) {
        String line = SmallFile.readOrNull(path);
        return line == null ? null : parse(line);
    }

    /** Null if the line is not of that form. */
    static ProcessStat parse(String line) {
        // The second field is the program's name in parentheses, and may hold blanks and parentheses itself.
        int nameEnd = line.lastIndexOf(')');
        if (nameEnd < 0 || nameEnd + 2 >= line.length()) {
            return null;
        }
        long pid = SmallFile.leadingNumber(line, 0, -1);
        char state = line.charAt(nameEnd + 2);
        int at = nameEnd + 2;
        long flags = -1;
        for (int field = STATE_FIELD; field < START_FIELD; field++) {
            if (field == FLAGS_FIELD) {
                flags = SmallFile.leadingNumber(line, at, -1);
            }
            at = line.indexOf(' ', at) + 1;
            if (at == 0) {
                return null;
            }
        }
        long startTicks = SmallFile.leadingNumber(line, at, -1);
        return pid < 0 || flags < 0 || startTicks < 0 ? null : new ProcessStat(pid, state, flags, startTicks);
    }

    /** Whether it may still run user code: a stopped one may, a zombie may not. */
    boolean mayRun() {
        return state != 'Z' && state != 'X' && (flags & EXITING) == 0;
    }
}
