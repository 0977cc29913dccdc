package io.muster.ipc.memory;

import io.muster.ipc.wait.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A real JVM for tests, which answers lines with lines; killed when it is closed. */
public final class TestJvm implements AutoCloseable {
    private static final long LIMIT_SECONDS = 60;

    private final Process process;
    private final BufferedReader out;

    private TestJvm(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream()));
    }

    /**
     * @param musterDir where its session may be
     * @param wrapper a command to start it with, such as {@code unshare}
     */
    static TestJvm start(Path musterDir, String... wrapper) {
        return start(musterDir, PartyMain.class, wrapper);
    }

    /** The same with another main class: it says "ready" first, then one line for each that it gets. */
    public static TestJvm start(Path musterDir, Class<?> main, String... wrapper) {
        return start(musterDir, main, List.of(), wrapper);
    }

    /** The same with this JVM's flags about modules. */
    public static TestJvm startWithModuleFlags(Path musterDir, Class<?> main) {
        return start(
                musterDir,
                main,
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(flag -> flag.startsWith("--"))
                        .toList());
    }

    private static TestJvm start(Path musterDir, Class<?> main, List<String> flags, String... wrapper) {
        List<String> command = new ArrayList<>(List.of(wrapper));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Without performance data, as processes with the same pid in two namespaces would share a file in /tmp.
        command.addAll(List.of("-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m"));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(flags);
        command.add("-Dmuster.dir=" + musterDir);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        try {
            TestJvm jvm = new TestJvm(new ProcessBuilder(command)
                    // A wrapper that is killed may complain, which is no news.
                    .redirectError(
                            wrapper.length == 0 ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.DISCARD)
                    .start());
            String first = jvm.readLine();
            if (!first.equals("ready")) {
                throw new AssertionError("the test JVM did not start, but said '" + first + "': " + command);
            }
            return jvm;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has it do something; returns its answer. */
    public String ask(String line) {
        send(line);
        return readLine();
    }

    public long askNumber(String line) {
        return Long.parseLong(ask(line));
    }

    /** Has it do something that it will not answer, or whose answer is read later. */
    public void send(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes());
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String readLine() {
        CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> {
            try {
                return out.readLine();
            } catch (IOException e) {
                return "cannot read: " + e;
            }
        });
        try {
            return String.valueOf(line.get(LIMIT_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            close();
            throw new AssertionError("no answer from the test JVM within " + LIMIT_SECONDS + " s", e);
        }
    }

    /** Of the wrapper, where it has one. */
    public long pid() {
        return process.pid();
    }

    /** {@code kill -9}, without waiting for anything. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    public void awaitEnd() {
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the test JVM did not end within " + LIMIT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The same, and returns at once: not its own children. */
    public void killAlone() {
        process.destroyForcibly();
    }

    public void killAndAwaitEnd() {
        kill();
        awaitEnd();
    }

    /** Stops it, and returns when none of its threads runs any more. */
    public void stop() {
        signal("STOP");
        Eventually.until("process " + pid() + " is stopped", () -> isStopped(pid()));
    }

    /** Each of its threads: the first ones stop while the last still run. */
    public static boolean isStopped(long pid) {
        String[] threads = Path.of("/proc", Long.toString(pid), "task").toFile().list();
        return threads != null && Arrays.stream(threads).allMatch(thread -> isStopped(pid, thread));
    }

    private static boolean isStopped(long pid, String thread) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "task", thread, "stat"));
            return stat.startsWith("T", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return false; // It ended just now: look again.
        }
    }

    /** Sends a signal by name, such as {@code CONT}. */
    public void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        killAndAwaitEnd();
    }
}
