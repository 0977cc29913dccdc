package io.muster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.testing.DriverJvm;
import io.muster.testing.HangDump;
import io.muster.testing.Processes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What heaps children get that ask for none, beside a parent that asks for none either. */
@ExtendWith(HangDump.class)
class DefaultHeapsTest {
    @TempDir
    Path sessions;

    /** A parent with two pools and two children; all with defaults, unless its argument is a heap for the last. */
    public static final class Parent {
        private static final Logger LOG = Logger.getLogger("io.muster.launch"); // loggers are kept by weak references

        /** Prints what is logged, how many children there were, then that it is done. */
        public static void main(String[] args) throws Exception {
            LOG.setLevel(Level.ALL);
            LOG.setUseParentHandlers(false);
            LOG.addHandler(new Printer());
            try (ProcessPool first = ProcessPool.workers(3);
                    ProcessPool second = ProcessPool.workers(2)) {
                first.map(item -> item, List.of(1, 2, 3), 1);
                second.map(item -> item, List.of(1, 2), 1);
                ChildProcess.named("a").daemon(true).start(Processes::waitForEver);
                ChildBuilder last = ChildProcess.named("b").daemon(true);
                if (args.length > 0) {
                    last.heap(args[0]);
                }
                last.start(Processes::waitForEver);
                System.out.println("children " + ChildProcess.activeChildren().size());
                for (Thread thread : Thread.getAllStackTraces().keySet()) {
                    if (thread.getName().equals("muster-log")) {
                        thread.join();
                    }
                }
                System.out.println("done .");
            }
        }

        private static final class Printer extends Handler {
            @Override
            public void publish(LogRecord entry) {
                System.out.println("logged " + entry.getLevel() + " " + entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        }
    }

    private List<String> warnings(String... args) {
        try (DriverJvm parent = new DriverJvm(sessions, Parent.class, Map.of(), List.of(), args)) {
            assertEquals(7, parent.number("children"));
            parent.lines().await("done");
            List<String> logged = parent.lines().all().stream()
                    .filter(line -> line.startsWith("logged "))
                    .toList();
            assertTrue(
                    logged.stream().anyMatch(line -> line.contains("memory limit")),
                    () -> "the log is heard: " + logged);
            return logged.stream()
                    .filter(line -> line.startsWith("logged WARNING"))
                    .toList();
        }
    }

    @Test
    void ofTwoPoolsAndTwoChildrenFitIntoTheMemory() {
        assertEquals(List.of(), warnings());
    }

    @Test
    void areWarnedOfWhereSomebodyAsksForMoreThanThereIs() {
        List<String> warnings = warnings("2000g");
        assertEquals(1, warnings.size(), warnings::toString);
        assertTrue(warnings.get(0).contains("memory may not suffice"), warnings::toString);
    }
}
