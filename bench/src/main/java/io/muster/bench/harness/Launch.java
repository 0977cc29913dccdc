package io.muster.bench.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One launch of one program: its output, or what went wrong; in either case nothing of it is left running. */
final class Launch {
    private static final int TAIL_CHARS = 2000;
    /** Enough for a program to notice that its input has ended, and to clean up. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Process process;
    private final CompletableFuture<List<String>> output;
    private final CompletableFuture<List<String>> errors;

    private Launch(Process process) {
        this.process = process;
        output = linesOf(process.getInputStream());
        errors = linesOf(process.getErrorStream());
    }

    /**
     * @return the lines it printed
     * @throws IOException if it could not be started, took longer than {@code limit} or failed; the message has the end of
     *     its stderr
     */
    static List<String> run(List<String> command, Duration limit) throws IOException, InterruptedException {
        Launch launch = new Launch(new ProcessBuilder(command).start());
        try {
            return launch.await(limit);
        } finally {
            launch.end();
        }
    }

    private List<String> await(Duration limit) throws IOException, InterruptedException {
        if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IOException("did not end within " + limit.toSeconds() + " s");
        }
        if (process.exitValue() != 0) {
            throw new IOException("exit " + process.exitValue() + "; " + tail());
        }
        try {
            // A process that it left behind may keep the pipe open.
            return output.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("its output cannot be read: " + e, e);
        }
    }

    private String tail() throws InterruptedException {
        try {
            String text = String.join("\n", errors.get(1, TimeUnit.SECONDS));
            return text.isEmpty() ? "silent" : text.substring(Math.max(0, text.length() - TAIL_CHARS));
        } catch (ExecutionException | TimeoutException e) {
            return "its stderr cannot be read: " + e;
        }
    }

    /** In order first: what a killed program has in shared memory stays there. */
    private void end() {
        List<ProcessHandle> all = process.descendants().toList();
        boolean ended = false;
        try {
            process.getOutputStream().close();
            ended = process.waitFor(GRACE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (IOException e) {
            ended = !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            process.destroyForcibly();
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static CompletableFuture<List<String>> linesOf(InputStream stream) {
        CompletableFuture<List<String>> lines = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader in =
                            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                        lines.complete(in.lines().toList());
                    } catch (IOException | UncheckedIOException e) {
                        lines.completeExceptionally(e);
                    }
                },
                "bench-output");
        reader.setDaemon(true);
        reader.start();
        return lines;
    }
}
