package io.muster.internal.launch;

import static io.muster.testing.Eventually.within;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.testing.DriverJvm;
import io.muster.testing.HangDump;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Class-data archives for children: made for jars, used by the next child, and not made for anything else. */
@ExtendWith(HangDump.class)
class StartArchiveTest {
    private static final String OPTION = Runtime.version().feature() < 25 ? "-XX:SharedArchiveFile=" : "-XX:AOTCache=";

    @TempDir
    Path directory;

    /** A program with children. */
    public static final class Program {
        /** Starts one child, waits for the archive if one is expected, starts another. */
        public static void main(String[] args) throws Exception {
            Path cache = Path.of(args[0]);
            run("first");
            if (args.length > 1) {
                within(Duration.ofSeconds(60), () -> archives(cache) > 0, () -> "no archive");
            }
            run("second");
            System.out.println("archives " + archives(cache));
        }

        private static void run(String name) throws InterruptedException {
            ChildProcess child = ChildProcess.named(name).heap("32m").start(() -> System.out.println("runs 1"));
            child.join();
            boolean uses = child.commandLine().stream().anyMatch(word -> word.startsWith(OPTION));
            System.out.println(name + " " + uses + " " + child.exitStatus().orElseThrow());
            if (ChildProcess.activeChildren().size() > 0) {
                System.out.println("listed " + ChildProcess.activeChildren());
            }
        }

        private static long archives(Path cache) throws IOException {
            if (!Files.isDirectory(cache.resolve("muster"))) {
                return 0;
            }
            try (Stream<Path> files = Files.list(cache.resolve("muster"))) {
                return files.filter(file -> ArchiveForm.isNameOfOne(file.toString()))
                        .count();
            }
        }
    }

    private DriverJvm program(String classPath, String... more) {
        List<String> arguments = new ArrayList<>(List.of(directory.toString()));
        arguments.addAll(List.of(more));
        // What lies in the temp directory is throw-away: here that is another one.
        return new DriverJvm(
                directory,
                Program.class,
                Map.of("XDG_CACHE_HOME", directory.toString()),
                List.of("-Djava.io.tmpdir=/var/tmp", "-cp", classPath),
                arguments.toArray(new String[0]));
    }

    @Test
    void theNextChildOfAJarProgramStartsFromAnArchive() throws Exception {
        Path leftBehind = Files.createDirectories(directory.resolve("muster")).resolve("0.jsa.999999999");
        Files.createFile(leftBehind);
        try (DriverJvm driver = program(jars(), "expected")) {
            assertEquals("false exit code 0", driver.lines().await("first"));
            assertEquals("true exit code 0", driver.lines().await("second"));
            assertEquals("1", driver.lines().await("archives"));
            assertEquals(0, driver.process().waitFor());
            assertTrue(
                    driver.lines().all().stream().noneMatch(line -> line.startsWith("listed")),
                    () -> "" + driver.lines().all());
            assertTrue(
                    driver.lines().all().stream().noneMatch(line -> line.matches("(?i).*(warning|error).*")),
                    () -> "" + driver.lines().all());
            assertFalse(Files.exists(leftBehind));
        }
    }

    @Test
    void noneIsMadeForDirectories() throws Exception {
        try (DriverJvm driver = program(System.getProperty("java.class.path"))) {
            assertEquals("false exit code 0", driver.lines().await("second"));
            assertEquals("0", driver.lines().await("archives"));
        }
    }

    /** The class path of this test with each directory packed into a jar. */
    private String jars() throws IOException {
        List<String> jars = new ArrayList<>();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(element);
            jars.add(Files.isDirectory(path) ? pack(path, jars.size()).toString() : element);
        }
        return String.join(File.pathSeparator, jars);
    }

    private Path pack(Path root, int number) throws IOException {
        Path jar = directory.resolve("part-" + number + ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out);
                Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                packed.putNextEntry(new ZipEntry(root.relativize(file).toString()));
                Files.copy(file, packed);
                packed.closeEntry();
            }
        }
        return jar;
    }
}
