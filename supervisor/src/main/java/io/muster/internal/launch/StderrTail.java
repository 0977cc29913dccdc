package io.muster.internal.launch;

import java.nio.charset.StandardCharsets;

/** The last bytes of a child's stderr. Written by the pump's thread, read by any. */
final class StderrTail {
    private static final int CAPACITY = 16 * 1024;

    private final byte[] ring = new byte[CAPACITY];
    private long written;

    synchronized void add(byte[] bytes, int length) {
        int from = Math.max(0, length - CAPACITY);
        for (int i = from; i < length; i++) {
            ring[(int) ((written + i) % CAPACITY)] = bytes[i];
        }
        written += length;
    }

    /** What is kept, from a line's beginning on. */
    synchronized String text() {
        int kept = (int) Math.min(written, CAPACITY);
        byte[] bytes = new byte[kept];
        for (int i = 0; i < kept; i++) {
            bytes[i] = ring[(int) ((written - kept + i) % CAPACITY)];
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        int lineEnd = text.indexOf('\n');
        return (written > CAPACITY && lineEnd >= 0 ? text.substring(lineEnd + 1) : text).stripTrailing();
    }
}
