package io.muster.child;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;

/**
 * Makes the kernel, when it is out of memory, take a child before the program that started it: each generation raises its
 * score by {@value #STEP} over what it inherited. Raising needs no privilege.
 */
final class OomScore {
    private static final int STEP = 200;
    private static final int MAXIMUM = 1000;
    private static final String FILE = "/proc/self/oom_score_adj";

    private OomScore() {}

    static void raise() {
        try {
            int inherited = read();
            int raised = Math.min(MAXIMUM, inherited + STEP);
            try (FileOutputStream out = new FileOutputStream(FILE)) {
                out.write(Integer.toString(raised).getBytes());
            }
        } catch (IOException | NumberFormatException e) {
            // Not Linux, or /proc is read-only: the kernel decides without our advice.
        }
    }

    private static int read() throws IOException {
        try (FileInputStream in = new FileInputStream(FILE)) {
            return Integer.parseInt(new String(in.readNBytes(16)).trim());
        }
    }
}
