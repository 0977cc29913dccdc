package io.muster.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.cli.Benchmarks;
import io.muster.cli.Benchmarks.Request;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
    @TempDir
    private Path directory;

    @Test
    void theCommandLineFindsIt() {
        Benchmarks found = ServiceLoader.load(Benchmarks.class).findFirst().orElseThrow();

        assertEquals(
                List.of(
                        "spawn", "wait", "lock", "event", "pipe", "queue", "journal", "map", "pool", "codec", "memory",
                        "death"),
                List.copyOf(found.groups().keySet()));
    }

    @Test
    @Timeout(180)
    void oneQuickLaunchOfAGroupMakesAWholeReport() throws Exception {
        Path json = directory.resolve("bench.json");
        Path markdown = directory.resolve("RESULTS.md");
        StringWriter table = new StringWriter();

        boolean whole = new Bench(progress -> {})
                .run(
                        new Request(List.of("spawn"), true, Optional.of(1), Optional.of(json), Optional.of(markdown)),
                        new PrintWriter(table));

        assertTrue(whole, table.toString());
        assertTrue(table.toString().contains("<= 1.3 x bare JVM"), table.toString());
        assertTrue(Files.readString(json).contains("\"contestant\": \"bare JVM\""));
        assertTrue(Files.readString(markdown).contains("bin/muster bench spawn --quick --launches 1"));
        try (Stream<ProcessHandle> children = ProcessHandle.current().children()) {
            assertEquals(0, children.filter(ProcessHandle::isAlive).count());
        }
    }
}
