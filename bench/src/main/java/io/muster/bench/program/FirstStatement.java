package io.muster.bench.program;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;

/**
 * A program that notes in a file when it began. {@link System#nanoTime} is the same clock in all processes of a Linux
 * machine, so the one that started it can subtract.
 */
public final class FirstStatement {
    private FirstStatement() {}

    public static void main(String[] args) throws IOException {
        note(System.nanoTime(), args[0]);
    }

    static void note(long nanos, String file) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new FileOutputStream(file))) {
            out.writeLong(nanos);
        }
    }

    static long read(String file) throws IOException {
        try (DataInputStream in = new DataInputStream(new FileInputStream(file))) {
            return in.readLong();
        }
    }
}
