package io.muster.bench.program;

import java.io.IOException;

/** Puts a process on one processor. */
final class Pinning {
    private Pinning() {}

    /** @param cpu -1 leaves it where it is */
    static void move(long pid, int cpu) throws IOException, InterruptedException {
        if (cpu >= 0) {
            new ProcessBuilder("taskset", "-acp", Integer.toString(cpu), Long.toString(pid))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }
}
