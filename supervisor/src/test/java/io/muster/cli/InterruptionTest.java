package io.muster.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.testing.DriverJvm;
import io.muster.testing.HangDump;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C on the command line. */
@ExtendWith(HangDump.class)
class InterruptionTest {
    @TempDir
    Path sessions;

    /** Prints on stderr until its process ends, whatever asks it to stop before. */
    static String chatter(String item) {
        while (true) {
            System.err.println("chatter " + item);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void afterItsOneLineNothingMoreIsSaid() throws Exception {
        String method = InterruptionTest.class.getName() + "::chatter";
        String classPath = System.getProperty("java.class.path");
        try (DriverJvm cli = new DriverJvm(
                sessions, Muster.class, Map.of(), List.of(), "map", "--workers", "1", "-c", classPath, method, "a")) {
            cli.lines().await("chatter");
            new ProcessBuilder("kill", "-INT", Long.toString(cli.process().pid()))
                    .start()
                    .waitFor();
            assertTrue(cli.process().waitFor(20, TimeUnit.SECONDS));
            assertEquals(130, cli.process().exitValue());
            cli.lines().await("muster: stopping");
            List<String> printed = cli.lines().all();
            int stopping = printed.indexOf("muster: stopping (Ctrl-C again to force it)");
            assertTrue(stopping >= 0, "its line is there");
            assertEquals(
                    printed.size() - 1,
                    stopping,
                    () -> printed.subList(stopping, printed.size()).toString());
        }
    }
}
