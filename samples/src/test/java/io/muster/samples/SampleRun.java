package io.muster.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One run of a sample as a program of its own, after which no process and no temporary file of it may be left. */
final class SampleRun {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String MARK = "MUSTER_SAMPLE_RUN";

    private final String name;
    private final String[] args;
    /** All its processes have it in their environment. */
    private final String mark = UUID.randomUUID().toString();

    SampleRun(String name, String... args) {
        this.name = name;
        this.args = args;
    }

    /** Runs it, with that directory for temporary files; returns what it has written. */
    String inside(Path temporary) throws Exception {
        Files.createDirectories(temporary);
        String mainClass = index().stream()
                .filter(each -> each[0].equals(name))
                .findFirst()
                .orElseThrow()[1];
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        ChildProcess child = ChildProcess.named(name)
                .heap("256m")
                // Better code would take most of a short life; children inherit this.
                .jvmArgs("-XX:TieredStopAtLevel=1")
                .systemProperty("java.io.tmpdir", temporary.toString())
                .environment(MARK, mark)
                .onLine((who, stream, line) -> lines.add(line))
                .startMain(Class.forName(mainClass), args);
        try {
            assertTrue(child.join(PATIENCE), () -> name + " hangs: " + lines);
            assertTrue(child.exitStatus().orElseThrow().isSuccess(), () -> child + ": " + lines);
            assertNothingIsLeft(temporary);
            return String.join("\n", lines);
        } finally {
            child.terminate();
        }
    }

    /** Daemons end a moment after their parent. */
    private void assertNothingIsLeft(Path temporary) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!processes().isEmpty()) {
            assertTrue(System.nanoTime() - start < PATIENCE.toNanos(), () -> name + " left processes behind");
            TimeUnit.MILLISECONDS.sleep(5);
        }
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(List.of(), left.toList(), name + " left files behind");
        }
    }

    private List<Path> processes() throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : all) {
                try {
                    if (Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1)
                            .contains(mark)) {
                        found.add(process);
                    }
                } catch (IOException e) {
                    continue; // It has ended meanwhile, or is somebody else's.
                }
            }
        }
        return found;
    }

    static List<String[]> index() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                SampleRun.class.getResourceAsStream("/META-INF/muster/samples"), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split("\\s+", 4))
                    .toList();
        }
    }
}
