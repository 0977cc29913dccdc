package io.muster.bench.program;

import java.io.IOException;
import java.io.InputStream;

/** A bare JVM that does nothing until its input ends. Argument: megabytes to hold meanwhile. */
public final class IdleProgram {
    private IdleProgram() {}

    public static void main(String[] args) throws IOException {
        byte[][] held = hold(Integer.parseInt(args[0]));
        System.out.println("holding " + held.length + " MB");
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
        // So that no compiler finds it unused before.
        System.exit(held.length == 0 || held[0] != null ? 0 : 1);
    }

    /** So much heap, every page of it in use. */
    static byte[][] hold(int megabytes) {
        byte[][] held = new byte[megabytes][];
        for (int i = 0; i < megabytes; i++) {
            held[i] = new byte[1 << 20];
        }
        return held;
    }

    /** Reads until the line that {@link #main} prints is complete. */
    static void awaitReady(InputStream output) throws IOException {
        for (int c = output.read(); c != '\n'; c = output.read()) {
            if (c < 0) {
                throw new IOException("the idle JVM ended before it was ready");
            }
        }
    }
}
