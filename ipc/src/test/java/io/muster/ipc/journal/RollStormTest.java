package io.muster.ipc.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.wait.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writers that do little else than begin new files are killed, most of them in the middle of that. */
@Tag("storm")
class RollStormTest {
    private static final int WRITERS = 3;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path temp;

    private final Random random = new Random();
    private final List<Process> writers = new ArrayList<>();
    private final long since = System.currentTimeMillis();
    private int started;

    private Path journal() {
        return temp.resolve("journal");
    }

    private void start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(each -> each.startsWith("--"))
                .toList());
        command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RollWriterMain.class.getName()));
        Path log = temp.resolve("writer-" + started++);
        command.addAll(List.of(journal().toString(), log.toString(), Long.toString(since)));
        Path errors = temp.resolve("errors-" + started);
        writers.add(new ProcessBuilder(command)
                .redirectError(errors.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
        int lines = promised().size();
        Eventually.until("somebody appends", () -> promised().size() > lines + 20);
    }

    private Set<String> promised() {
        Set<String> all = new HashSet<>();
        try (Stream<Path> files = Files.list(temp)) {
            for (Path each : files.filter(file -> file.getFileName().toString().startsWith("writer-"))
                    .toList()) {
                String text = Files.readString(each);
                text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(all::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    @AfterEach
    void killAll() throws InterruptedException {
        for (Process each : writers) {
            each.destroyForcibly().waitFor();
        }
    }

    @Test
    void nothingIsLostAndNobodyIsHeldUp() throws Exception {
        long end = System.nanoTime() + LONG.toNanos();
        while (System.nanoTime() < end) {
            while (writers.size() < WRITERS) {
                start();
            }
            TimeUnit.MILLISECONDS.sleep(random.nextInt(150)); // The kill shall hit anywhere.
            Process victim = writers.get(random.nextInt(writers.size()));
            assertTrue(victim.isAlive(), "a writer has ended by itself: " + errors());
            writers.remove(victim);
            victim.destroyForcibly().waitFor();
        }
        killAll();
        Set<String> read = new HashSet<>();
        int count = 0;
        try (Topic<String> topic = RollWriterMain.open(journal(), since);
                Subscriber<String> all = topic.subscribe(Start.beginning())) {
            topic.append("last");
            for (String each = all.poll(); each != null; each = all.poll()) {
                read.add(each);
                count++;
            }
            assertEquals(count, topic.count());
        }
        assertEquals(count, read.size(), "each once");
        assertTrue(read.contains("last"));
        Set<String> lost = promised();
        lost.removeAll(read);
        assertEquals(Set.of(), lost);
    }

    private String errors() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(temp)) {
            for (Path each : files.filter(file -> file.getFileName().toString().startsWith("errors-"))
                    .toList()) {
                Files.readAllLines(each).stream()
                        .filter(line -> !line.contains("WARN"))
                        .limit(20)
                        .forEach(line -> text.append('\n').append(line));
            }
        }
        return text.toString();
    }
}
