package io.muster.cli;

import io.muster.internal.shell.ItemOutcome;
import io.muster.internal.shell.Json;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Prints results to stdout and failures to stderr, as lines or as JSON. For one thread. */
final class OutcomePrinter {
    private static final int BUFFER_BYTES = 32 * 1024;

    private final boolean tag;
    private final boolean json;
    private final boolean stdoutIsTerminal = Terminal.isStdout();
    private final Progress progress;
    private final PrintStream err = System.err;
    // Not System.out, which flushes every line.
    private final PrintStream out = new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES),
            false,
            StandardCharsets.UTF_8);

    OutcomePrinter(boolean tag, boolean json, Progress progress) {
        this.tag = tag;
        this.json = json;
        this.progress = progress;
    }

    void print(long index, String item, ItemOutcome outcome) {
        if (outcome.failure() != null) {
            printFailure(index, item, outcome);
            return;
        }
        if (outcome.text() == null && !tag && !json) {
            return; // The method returns nothing, so there is nothing to say.
        }
        String line = line(index, item, outcome);
        if (!stdoutIsTerminal) {
            out.println(line);
            return;
        }
        // The bar is on the same screen, and other threads draw it.
        synchronized (progress) {
            progress.hide();
            out.println(line);
            out.flush();
        }
    }

    private String line(long index, String item, ItemOutcome outcome) {
        if (json) {
            return "{\"index\":" + index + ",\"item\":" + Json.quoted(item) + ",\"result\":" + outcome.json() + "}";
        }
        String text = outcome.text() == null ? "" : outcome.text();
        return tag ? item + "\t" + text : text;
    }

    private void printFailure(long index, String item, ItemOutcome outcome) {
        String line = json
                ? "{\"index\":" + index + ",\"item\":" + Json.quoted(item) + ",\"failure\":"
                        + Json.quoted(outcome.failure()) + ",\"place\":" + Json.quoted(outcome.place()) + "}"
                : "muster: " + item + ": " + outcome.failure()
                        + (outcome.place().isEmpty() ? "" : " (at " + outcome.place() + ")");
        // What was printed before it stands before it, also where both go to one place.
        out.flush();
        synchronized (progress) {
            progress.hide();
            err.println(line);
        }
    }

    /** Shows all that was printed; says whether whoever reads it has gone away. */
    boolean isClosed() {
        return out.checkError();
    }
}
