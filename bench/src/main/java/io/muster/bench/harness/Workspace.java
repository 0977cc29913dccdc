package io.muster.bench.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A temporary directory with the peers' scripts and compiled programs, and one in memory for what they share; both gone when
 * closed, and at the JVM's exit.
 */
public final class Workspace implements AutoCloseable {
    private static final String PREFIX = "muster-bench-";
    private static final String RESOURCES = "/io/muster/bench/peers/";
    private static final Duration COMPILER_LIMIT = Duration.ofMinutes(1);

    /** What all Java peers need. */
    private static final String JAVA_PEERS = "Peer.java";

    private static final Path MEMORY = Path.of("/dev/shm");

    private final Path directory;
    private final Path memory;
    private final Thread removal = new Thread(this::remove, "bench-workspace-removal");

    private Workspace(Path directory, Path memory) {
        this.directory = directory;
        this.memory = memory;
        Runtime.getRuntime().addShutdownHook(removal);
    }

    public static Workspace create() throws IOException {
        Path directory = Files.createTempDirectory(PREFIX);
        return new Workspace(
                directory, Files.isWritable(MEMORY) ? Files.createTempDirectory(MEMORY, PREFIX) : directory);
    }

    Path directory() {
        return directory;
    }

    /** Where files are no slower than memory, if this machine has such a place. */
    Path memory() {
        return memory;
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

    /**
     * A C source among the resources, compiled.
     *
     * @throws IOException if it cannot be
     */
    Path compiled(String compiler, String source) throws IOException, InterruptedException {
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
                throw new IOException(source + " cannot be compiled: " + e.getMessage(), e);
            }
        }
        return program;
    }

    /**
     * A Java source among the resources, compiled.
     *
     * @return where its classes are
     * @throws IOException if it cannot be
     */
    Path compiledJava(String classPath, String source) throws IOException {
        Path classes = directory.resolve("classes");
        if (Files.exists(classes.resolve(source.replace(".java", ".class")))) {
            return classes;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IOException("this Java has no compiler; use a JDK");
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = compiler.run(
                null,
                said,
                said,
                "-nowarn",
                "-proc:none",
                "-cp",
                classPath,
                "-d",
                classes.toString(),
                resource(JAVA_PEERS).toString(),
                resource(source).toString());
        if (code != 0) {
            throw new IOException(source + " cannot be compiled: " + said.toString(StandardCharsets.UTF_8));
        }
        return classes;
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
        remove(directory);
        remove(memory);
    }

    private static void remove(Path directory) {
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
