package io.muster.bench.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary directory with the peers' scripts and compiled programs; gone when closed, and at the JVM's exit. */
public final class Workspace implements AutoCloseable {
    private static final String RESOURCES = "/io/muster/bench/peers/";
    private static final Duration COMPILER_LIMIT = Duration.ofMinutes(1);

    private final Path directory;
    private final Thread removal = new Thread(this::remove, "bench-workspace-removal");

    private Workspace(Path directory) {
        this.directory = directory;
        Runtime.getRuntime().addShutdownHook(removal);
    }

    public static Workspace create() throws IOException {
        return new Workspace(Files.createTempDirectory("muster-bench-"));
    }

    Path directory() {
        return directory;
    }

    /** A peer's source file, unpacked. */
    public Path resource(String name) {
        Path file = directory.resolve(name);
        try (InputStream in = Workspace.class.getResourceAsStream(RESOURCES + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + RESOURCES + name);
            }
            if (!Files.exists(file)) {
                Files.copy(in, file);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** A C source among the resources, compiled. */
    Path compiled(String compiler, String source) throws InterruptedException {
        Path program = directory.resolve(source.replace(".c", ""));
        if (!Files.exists(program)) {
            try {
                Launch.run(
                        List.of(
                                compiler,
                                "-O2",
                                "-o",
                                program.toString(),
                                resource(source).toString()),
                        COMPILER_LIMIT);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot compile " + source, e);
            }
        }
        return program;
    }

    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(removal);
        } catch (IllegalStateException e) {
            // The JVM is on its way down; the hook finds nothing left.
        }
    }

    private void remove() {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("muster: cannot remove " + directory + ": " + e.getMessage());
        }
    }
}
