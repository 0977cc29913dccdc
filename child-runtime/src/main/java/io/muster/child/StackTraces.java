package io.muster.child;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A throwable with its frames and causes as text. */
final class StackTraces {
    private StackTraces() {}

    static String of(Throwable thrown) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        thrown.printStackTrace(out);
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
