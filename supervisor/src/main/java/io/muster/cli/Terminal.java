package io.muster.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a person looks at an output. Also for the samples. For any thread. */
public final class Terminal {
    private Terminal() {}

    static boolean isStdin() {
        return isTerminal(0);
    }

    /** Whether stdout is a terminal; false where that cannot be told. */
    public static boolean isStdout() {
        return isTerminal(1);
    }

    static boolean isStderr() {
        return isTerminal(2);
    }

    /**
     * Not by {@code System.console()}: before JDK 22 it is null when only stdout is piped, from 22 on it is there although
     * nobody looks.
     */
    private static boolean isTerminal(int descriptor) {
        try {
            return isTerminalDevice(Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString());
        } catch (IOException | UnsupportedOperationException e) {
            return false; // No /proc: rather no bar than one in somebody's log file.
        }
    }

    static boolean isTerminalDevice(String device) {
        return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
    }
}
