package io.muster.ipc.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What tests can try only as root, in the container of a build for instance: else they are skipped and say why. */
public final class Superuser {
    private Superuser() {}

    public static void assumeAble(String what, String... probe) {
        assumeTrue(run(probe) == 0, () -> "needs to " + what + ", and '" + String.join(" ", probe) + "' fails here");
    }

    public static void assumeRoot(String what) throws IOException {
        assumeTrue((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "needs root to " + what);
    }

    public static void must(String... command) {
        assertEquals(0, run(command), String.join(" ", command));
    }

    public static int run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return process.waitFor();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
