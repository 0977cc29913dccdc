package io.muster.internal.launch;

import io.muster.LineHandler;
import java.nio.charset.Charset;
import java.util.function.ObjIntConsumer;

/** Cuts a stream of bytes into lines, very long ones into pieces. For one thread. */
final class LineSplitter implements ObjIntConsumer<byte[]> {
    private static final int MAX_LINE_BYTES = 64 * 1024;
    private static final Charset CHARSET = Charset.forName(System.getProperty("native.encoding", "UTF-8"));

    private final LineDelivery to;
    private final LineHandler.Stream stream;
    private byte[] line = new byte[256];
    private int length;

    LineSplitter(LineDelivery to, LineHandler.Stream stream) {
        this.to = to;
        this.stream = stream;
    }

    /** Takes a chunk; length -1 is the end of the stream. */
    @Override
    public void accept(byte[] chunk, int chunkLength) {
        for (int i = 0; i < chunkLength; i++) {
            if (chunk[i] == '\n') {
                flush();
            } else {
                if (length == MAX_LINE_BYTES) {
                    flush();
                }
                add(chunk[i]);
            }
        }
        if (chunkLength < 0 && length > 0) {
            flush();
        }
    }

    private void add(byte b) {
        if (length == line.length) {
            line = java.util.Arrays.copyOf(line, Math.min(MAX_LINE_BYTES, length * 2));
        }
        line[length++] = b;
    }

    private void flush() {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        to.offer(stream, new String(line, 0, end, CHARSET));
        length = 0;
    }
}
