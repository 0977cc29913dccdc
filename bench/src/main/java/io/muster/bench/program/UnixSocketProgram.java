package io.muster.bench.program;

import io.muster.ChildProcess;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * 64 bytes through a Unix domain socket of the JDK, one write each. Arguments: round trips without gaps, or 0; with; the
 * processor to move the child to, or -1; rounds of messages one way; messages of a round.
 */
public final class UnixSocketProgram {
    private static final String WHO = "Unix socket";
    private static final int BYTES = 64;
    private static final int BUFFER = 64 * 1024;
    private static final long GAP_NANOS = 1_000_000;

    private final Figures figures = new Figures(WHO);
    private final int otherCpu;
    private final ByteBuffer message = ByteBuffer.allocateDirect(BYTES);

    private UnixSocketProgram(int otherCpu) {
        this.otherCpu = otherCpu;
    }

    public static void main(String[] args) throws Exception {
        Lifeline.hold();
        int trips = Integer.parseInt(args[0]);
        int gapped = Integer.parseInt(args[1]);
        int rounds = Integer.parseInt(args[3]);
        int items = Integer.parseInt(args[4]);
        UnixSocketProgram program = new UnixSocketProgram(Integer.parseInt(args[2]));
        if (trips > 0) {
            program.roundTrips("awake", trips, 0);
        }
        program.roundTrips("asleep", gapped, GAP_NANOS);
        if (rounds > 0) {
            program.oneWay(rounds, items);
        }
    }

    private void roundTrips(String metric, int trips, long gapNanos) throws Exception {
        withPeer(1, socket -> {
            Timed timed = Timed.trips(trips, gapNanos, () -> {
                write(socket, message);
                read(socket, message);
            });
            figures.print(metric, timed);
        });
    }

    private void oneWay(int rounds, int items) throws Exception {
        withPeer(items, socket -> {
            Timed timed = Timed.rounds(rounds, () -> {
                for (int i = 0; i < items; i++) {
                    write(socket, message);
                }
                read(socket, message);
            });
            figures.printPerItem("one-way", items, timed);
        });
    }

    private interface Use {
        void of(SocketChannel socket) throws Exception;
    }

    /** With a child at the other end that answers every so many messages by one. */
    private void withPeer(int messages, Use use) throws Exception {
        Path path = Files.createTempDirectory("socket").resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            String name = path.toString();
            ChildProcess child = ChildProcess.start(() -> answer(name, messages));
            Pinning.move(child.pid(), otherCpu);
            try (SocketChannel socket = server.accept()) {
                use.of(socket);
            }
            child.join();
        } finally {
            Files.deleteIfExists(path);
            Files.delete(path.getParent());
        }
    }

    private static void answer(String path, int messages) throws IOException {
        ByteBuffer answer = ByteBuffer.allocateDirect(BYTES);
        ByteBuffer in = ByteBuffer.allocateDirect(messages == 1 ? BYTES : BUFFER);
        long left = (long) messages * BYTES;
        try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            while (true) {
                in.clear();
                int read = socket.read(in);
                if (read < 0) {
                    return;
                }
                left -= read;
                if (left == 0) {
                    write(socket, answer);
                    left = (long) messages * BYTES;
                }
            }
        }
    }

    private static void write(SocketChannel socket, ByteBuffer message) throws IOException {
        message.clear();
        while (message.hasRemaining()) {
            socket.write(message);
        }
    }

    private static void read(SocketChannel socket, ByteBuffer into) throws IOException {
        into.clear();
        while (into.hasRemaining()) {
            if (socket.read(into) < 0) {
                throw new EOFException("the other side has gone");
            }
        }
    }
}
