package io.muster.internal.launch;

import io.muster.child.ChildMain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a child JVM. Nothing secret stands on it, and no argument of the target. */
final class ChildCommand {
    /** One argument may have 128 KiB on Linux, a whole command line some 32 KiB elsewhere. */
    private static final int ARGUMENT_FILE_FROM_CHARS = 24 * 1024;

    private final Path java;
    private final List<String> options;
    private Path argumentFile;

    private ChildCommand(Path java, List<String> options) {
        this.java = java;
        this.options = options;
    }

    static ChildCommand of(LaunchSpec spec, ClassLoader loader) {
        Path home = spec.javaHome() != null ? spec.javaHome() : Path.of(System.getProperty("java.home"));
        List<String> options = new ArrayList<>();
        // Warnings of the class-data archive would otherwise go to stdout, which belongs to the user.
        options.add("-Xshare:auto");
        options.add("-Xlog:disable");
        options.add("-Xlog:all=error:stderr");
        options.add("-XX:+DisplayVMOutputToStderr");
        if (spec.exitOnOutOfMemory()) {
            options.add("-XX:+ExitOnOutOfMemoryError");
        }
        long heapBytes = spec.heapBytes() > 0 ? spec.heapBytes() : HeapShare.defaultBytes(spec);
        options.add("-Xmx" + Math.max(2, heapBytes >> 20) + "m");
        if (spec.processors() > 0) {
            options.add("-XX:ActiveProcessorCount=" + spec.processors());
        }
        options.addAll(spec.jvmArgs());
        spec.systemProperties().forEach((key, value) -> options.add("-D" + key + "=" + value));
        options.add("-Dmuster.child=" + spec.name());
        DebugRequest debug = spec.debug() != null
                ? spec.debug()
                : DebugRequest.find(System.getenv(DebugRequest.VARIABLE), spec.name());
        if (debug != null) {
            options.add(debug.jvmArg());
        }
        options.add("-cp");
        options.add(classPath(spec));
        return new ChildCommand(home.resolve("bin").resolve("java"), options);
    }

    private static String classPath(LaunchSpec spec) {
        if (spec.classPath().isEmpty()) {
            return System.getProperty("java.class.path");
        }
        StringBuilder path = new StringBuilder();
        for (Path element : spec.classPath()) {
            path.append(path.length() == 0 ? "" : System.getProperty("path.separator"))
                    .append(element);
        }
        return path.toString();
    }

    /** The command line in full, for people. */
    List<String> full() {
        List<String> line = new ArrayList<>();
        line.add(java.toString());
        line.addAll(options);
        line.add(ChildMain.class.getName());
        return List.copyOf(line);
    }

    String classServer() {
        return "";
    }

    /** The command line to start, with an argument file where it would be too long. */
    List<String> arguments(Session session) throws IOException {
        int length = 0;
        for (String option : options) {
            length += option.length() + 1;
        }
        if (length < ARGUMENT_FILE_FROM_CHARS) {
            return full();
        }
        argumentFile = session.newFile("args-");
        StringBuilder text = new StringBuilder();
        for (String option : options) {
            text.append('"')
                    .append(option.replace("\\", "\\\\")
                            .replace("\"", "\\\"")
                            .replace("\n", "\\n")
                            .replace("\r", "\\r"))
                    .append("\"\n");
        }
        Files.write(argumentFile, text.toString().getBytes(StandardCharsets.UTF_8));
        return List.of(java.toString(), "@" + argumentFile, ChildMain.class.getName());
    }

    /** Removes the argument file once the JVM has read it. */
    void clean() {
        if (argumentFile != null) {
            try {
                Files.deleteIfExists(argumentFile);
            } catch (IOException e) {
                // The session directory goes at the end anyway.
            }
        }
    }
}
