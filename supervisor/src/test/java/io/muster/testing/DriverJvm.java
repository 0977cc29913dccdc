package io.muster.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A JVM that a test starts without this library and that uses it in its main: a parent that can be killed. Its stdout and
 * stderr are collected as {@link Lines}; its sessions lie in a directory of their own.
 */
public final class DriverJvm implements AutoCloseable {
    private final Process process;
    private final Lines lines = new Lines();

    /** Starts {@code main}, a class with static {@code main(String[])}. */
    public DriverJvm(
            Path sessions, Class<?> main, Map<String, String> environment, List<String> flags, String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add("-Dmuster.dir=" + sessions);
        command.addAll(flags);
        command.add(main.getName());
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Thread reader = new Thread(this::read, "driver-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.line("driver", io.muster.LineHandler.Stream.OUT, line);
            }
        } catch (IOException e) {
            // Killed.
        }
    }

    /** What it and those who inherit its output have printed. */
    public Lines lines() {
        return lines;
    }

    /** Its process. */
    public Process process() {
        return process;
    }

    /** The number that it printed behind {@code key}. */
    public long number(String key) {
        return Long.parseLong(lines.await(key).trim());
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
