package io.muster.child;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The child's end of the connection to its parent's class server: one question at a time, connected at the first.
 * Thread-safe. An interrupt of the asking thread, which would close the channel, waits until the answer is there. When
 * the parent has died, each question fails at once.
 */
final class ClassClient {
    private final ClassServerAddress server;
    private final ReentrantLock lock = new ReentrantLock();
    private SocketChannel channel;
    private DataInputStream in;
    private DataOutputStream out;

    ClassClient(ClassServerAddress server) {
        this.server = server;
    }

    /** The bytes, or {@code null} if the parent has none of this name. */
    byte[] ask(int request, String name) throws IOException {
        List<byte[]> answer = exchange(request, name);
        return answer.isEmpty() ? null : answer.get(0);
    }

    List<byte[]> askAll(String name) throws IOException {
        return exchange(ClassProtocol.ALL_RESOURCES, name);
    }

    private List<byte[]> exchange(int request, String name) throws IOException {
        boolean interrupted = false;
        lock.lock();
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try {
                    return exchangeOnce(request, name);
                } catch (ClosedByInterruptException e) {
                    disconnect();
                } catch (IOException e) {
                    disconnect();
                    throw e;
                }
            }
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private List<byte[]> exchangeOnce(int request, String name) throws IOException {
        connect();
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > 0xFFFF) {
            return List.of();
        }
        out.writeByte(request);
        out.writeShort(utf8.length);
        out.write(utf8);
        out.flush();
        int first = in.readInt();
        if (first == ClassProtocol.FAILED) {
            throw new ServedFailure(in.readUTF());
        }
        return request == ClassProtocol.ALL_RESOURCES ? readAll(first) : readOne(first);
    }

    private List<byte[]> readOne(int length) throws IOException {
        return length == ClassProtocol.ABSENT ? List.of() : List.of(readBytes(length));
    }

    private List<byte[]> readAll(int count) throws IOException {
        if (count < 0 || count > ClassProtocol.MAX_RESOURCES) {
            throw new IOException("the class server announced " + count + " resources");
        }
        List<byte[]> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(readBytes(in.readInt()));
        }
        return all;
    }

    private byte[] readBytes(int length) throws IOException {
        if (length < 0 || length > ClassProtocol.MAX_BYTES) {
            throw new IOException("the class server announced " + length + " bytes");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the class server ended after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private void connect() throws IOException {
        if (channel != null) {
            return;
        }
        channel = SocketChannel.open(UnixDomainSocketAddress.of(server.socket()));
        in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), 1 << 14));
        out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 10));
        out.writeInt(ClassProtocol.MAGIC);
        out.write(server.token().getBytes(StandardCharsets.US_ASCII));
    }

    private void disconnect() {
        SocketChannel old = channel;
        channel = null;
        try {
            if (old != null) {
                old.close();
            }
        } catch (IOException e) {
            // It is thrown away either way.
        }
    }

    /** The parent answered, and said no: the connection is in order. */
    static final class ServedFailure extends IOException {
        private static final long serialVersionUID = 1L;

        ServedFailure(String message) {
            super(message);
        }
    }
}
