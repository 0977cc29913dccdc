package io.muster.internal.inherit;

import io.muster.child.ClassProtocol;
import io.muster.child.ClassServerAddress;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The parent's end of one child's connection; {@link ClassProtocol} draws what passes over it. For one thread. */
final class ClassConnection implements AutoCloseable {
    private static final int MAX_MESSAGE = 4000;

    private final SocketChannel channel;
    private final DataInputStream in;
    private final DataOutputStream out;

    ClassConnection(SocketChannel channel) {
        this.channel = channel;
        this.in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), 1 << 10));
        this.out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 14));
    }

    String readToken() throws IOException {
        if (in.readInt() != ClassProtocol.MAGIC) {
            throw new IOException("not a child of this version");
        }
        return new String(in.readNBytes(ClassServerAddress.TOKEN_LENGTH), StandardCharsets.US_ASCII);
    }

    /** Answers until the child hangs up, which is an exception like any other end of a connection. */
    void serve(ClassSource source) throws IOException {
        while (true) {
            int request = in.readByte();
            String name = new String(in.readNBytes(in.readUnsignedShort()), StandardCharsets.UTF_8);
            List<byte[]> answer;
            try {
                answer = answer(source, request, name);
            } catch (IOException | RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
                writeFailure("the parent process cannot read it: " + e);
                continue;
            }
            write(request, answer);
        }
    }

    private static List<byte[]> answer(ClassSource source, int request, String name) throws IOException {
        return switch (request) {
            case ClassProtocol.CLASS -> source.classBytes(name);
            case ClassProtocol.RESOURCE -> source.resource(name);
            case ClassProtocol.ALL_RESOURCES -> source.resources(name);
            default -> throw new IOException("request " + request + " is unknown");
        };
    }

    private void write(int request, List<byte[]> answer) throws IOException {
        for (byte[] bytes : answer) {
            if (bytes.length > ClassProtocol.MAX_BYTES) {
                writeFailure(
                        "it has " + bytes.length + " bytes, and " + ClassProtocol.MAX_BYTES + " are served at most");
                return;
            }
        }
        if (request == ClassProtocol.ALL_RESOURCES) {
            out.writeInt(answer.size());
        } else if (answer.isEmpty()) {
            out.writeInt(ClassProtocol.ABSENT);
        }
        for (byte[] bytes : answer) {
            out.writeInt(bytes.length);
            out.write(bytes);
        }
        out.flush();
    }

    private void writeFailure(String message) throws IOException {
        out.writeInt(ClassProtocol.FAILED);
        out.writeUTF(message.substring(0, Math.min(message.length(), MAX_MESSAGE)));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
