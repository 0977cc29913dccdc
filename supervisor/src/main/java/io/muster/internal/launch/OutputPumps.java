package io.muster.internal.launch;

import io.muster.ChildOutput;
import io.muster.LineHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;

/**
 * Takes a child's output to where it belongs, one thread per stream, so that the child never waits for a full pipe. Stderr
 * always comes this way, as its end belongs into error messages.
 */
final class OutputPumps {
    private static final int CHUNK_BYTES = 8 * 1024;

    private final StderrTail tail = new StderrTail();
    private final Thread err;
    private final Thread out;
    private final LineDelivery delivery;

    OutputPumps(String childName, Process process, ChildOutput output, StdoutRoute stdout) {
        LineHandler handler = output.handler();
        delivery = handler == null ? null : new LineDelivery(childName, handler);
        err = Threads.daemon("muster-err-" + childName, () -> pump(process.getErrorStream(), errSink(output)));
        ObjIntConsumer<byte[]> outSink = outSink(stdout);
        out = outSink == null
                ? null
                : Threads.daemon("muster-out-" + childName, () -> pump(process.getInputStream(), outSink));
    }

    private ObjIntConsumer<byte[]> errSink(ChildOutput output) {
        ObjIntConsumer<byte[]> to = delivery != null
                ? new LineSplitter(delivery, LineHandler.Stream.ERR)
                : output.isInherited() ? to(() -> System.err) : (bytes, length) -> {};
        return (bytes, length) -> {
            if (length > 0) {
                tail.add(bytes, length);
            }
            to.accept(bytes, length);
        };
    }

    /** Null if nothing is to be pumped. */
    private ObjIntConsumer<byte[]> outSink(StdoutRoute stdout) {
        switch (stdout) {
            case LINES:
                return new LineSplitter(delivery, LineHandler.Stream.OUT);
            case SYSTEM_OUT:
                return to(() -> System.out);
            default:
                return null;
        }
    }

    /** To a stream that is asked for anew each time, as it can be replaced. */
    private static ObjIntConsumer<byte[]> to(Supplier<PrintStream> stream) {
        return (bytes, length) -> {
            if (length > 0) {
                PrintStream to = stream.get();
                to.write(bytes, 0, length);
                to.flush();
            }
        };
    }

    /** Until the end, which the sink is told as a chunk of length -1. */
    private static void pump(InputStream from, ObjIntConsumer<byte[]> sink) {
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            for (int length = from.read(chunk); length >= 0; length = from.read(chunk)) {
                sink.accept(chunk, length);
            }
        } catch (IOException e) {
            // The process has ended and the stream was closed under us.
        }
        sink.accept(chunk, -1);
    }

    /** Waits until all that the child printed has been handed on, at most that long: others may hold its streams open. */
    void drain(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        Threads.join(err, millis);
        if (out != null) {
            Threads.join(out, Math.max(1, (end - System.nanoTime()) / 1_000_000));
        }
        if (delivery != null) {
            delivery.drain(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        }
    }

    /** The child has ended: the delivery ends when it has handed on what it has. */
    void close() {
        if (delivery != null) {
            delivery.close();
        }
    }

    String stderrTail() {
        return tail.text();
    }
}
