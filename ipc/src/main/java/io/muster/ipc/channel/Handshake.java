package io.muster.ipc.channel;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.util.Arrays;

/**
 * What is said before a connection stands: hello, hello, the client's proof, the server's verdict and proof. Neither side
 * reads more than these bytes, and none of them is an object.
 *
 * <p>Goes as far as it can without waiting, for one thread at a time.
 */
abstract class Handshake {
    /** The client is welcome; with a key, the server's proof follows. */
    static final byte WELCOME = 0;
    /** The client's proof is wrong. */
    static final byte WRONG_KEY = 1;

    private static final byte[] NOTHING = {};

    final AuthKey key;
    final byte[] ownHello;
    byte[] clientHello;
    byte[] serverHello;

    private ByteBuffer out = ByteBuffer.wrap(NOTHING);
    private ByteBuffer in = ByteBuffer.wrap(NOTHING);
    private boolean done;
    private IOException refusal;
    private boolean spoken;

    private Handshake(byte role, ConnectionOptions options) {
        key = options.authKey().map(AuthKey::new).orElse(null);
        ownHello = HelloLayout.hello(role, key != null, options.maxMessageBytes(), AuthKey.nonce());
    }

    static Handshake ofClient(ConnectionOptions options) {
        return new Client(options);
    }

    static Handshake ofServer(ConnectionOptions options) {
        return new Server(options);
    }

    /**
     * Writes and reads what can be without waiting.
     *
     * @return which operation of {@link SelectionKey} to wait for; 0: the connection stands
     * @throws AuthenticationException if the keys differ
     * @throws EOFException if the other end closes
     * @throws java.net.ProtocolException if it speaks something else
     */
    final int advance(ByteChannel channel) throws IOException {
        while (true) {
            while (out.hasRemaining()) {
                if (channel.write(out) == 0) {
                    return SelectionKey.OP_WRITE;
                }
            }
            if (refusal != null) {
                throw refusal;
            }
            if (done) {
                return 0;
            }
            int count = channel.read(in);
            if (count < 0) {
                throw new EOFException("it closed the connection before it stood");
            }
            spoken |= count > 0;
            arrived(in.array(), in.position());
            if (in.hasRemaining()) {
                return SelectionKey.OP_READ;
            }
            complete(in.array());
        }
    }

    /** Whether the other side has said anything. */
    final boolean hasSpoken() {
        return spoken;
    }

    /** The most that the other side takes; known when the connection stands. */
    final long peerMaxBytes() {
        return HelloLayout.maxMessageBytes(ownHello == clientHello ? serverHello : clientHello);
    }

    abstract void arrived(byte[] message, int count) throws IOException;

    abstract void complete(byte[] message) throws IOException;

    final void say(byte[] message) {
        out = ByteBuffer.wrap(message);
    }

    final void expect(int bytes) {
        in = ByteBuffer.wrap(new byte[bytes]);
    }

    final void stand() {
        done = true;
    }

    /** Ends it once the last word is out. */
    final void refuse(IOException reason) {
        refusal = reason;
    }

    private static final class Client extends Handshake {
        Client(ConnectionOptions options) {
            super(HelloLayout.CLIENT, options);
            clientHello = ownHello;
            say(clientHello);
            expect(HelloLayout.BYTES);
        }

        @Override
        void arrived(byte[] message, int count) throws IOException {
            if (serverHello == null) {
                HelloLayout.check(message, count, HelloLayout.SERVER);
            } else if (count > 0 && message[0] != WELCOME) {
                throw new AuthenticationException(
                        "it has another auth key than this end, and refused it (verdict " + message[0] + ")");
            }
        }

        @Override
        void complete(byte[] message) throws IOException {
            if (serverHello != null) {
                verify(message);
                return;
            }
            serverHello = message;
            boolean serverHasKey = HelloLayout.hasKey(message);
            if (serverHasKey != (key != null)) {
                throw new AuthenticationException(
                        serverHasKey
                                ? "it asks for an auth key, and none was given"
                                : "it has no auth key, so it cannot prove that it knows the one that was given");
            }
            if (key != null) {
                say(key.proof(AuthKey.CLIENT, clientHello, serverHello));
            }
            expect(1 + (key != null ? AuthKey.PROOF_BYTES : 0));
        }

        private void verify(byte[] verdict) throws AuthenticationException {
            byte[] proof = Arrays.copyOfRange(verdict, 1, verdict.length);
            if (key != null && !key.accepts(proof, AuthKey.SERVER, clientHello, serverHello)) {
                throw new AuthenticationException("it let this end in, but does not know the auth key itself");
            }
            stand();
        }
    }

    private static final class Server extends Handshake {
        Server(ConnectionOptions options) {
            super(HelloLayout.SERVER, options);
            serverHello = ownHello;
            expect(HelloLayout.BYTES);
        }

        @Override
        void arrived(byte[] message, int count) throws IOException {
            if (clientHello == null) {
                HelloLayout.check(message, count, HelloLayout.CLIENT);
            }
        }

        @Override
        void complete(byte[] message) {
            if (clientHello != null) {
                verify(message);
                return;
            }
            clientHello = message;
            if (HelloLayout.hasKey(message) != (key != null)) {
                say(serverHello);
                refuse(new AuthenticationException(
                        key != null ? "it has no auth key" : "it has an auth key, and this server has none"));
            } else if (key != null) {
                say(serverHello);
                expect(AuthKey.PROOF_BYTES);
            } else {
                say(join(serverHello, WELCOME, NOTHING));
                stand();
            }
        }

        private void verify(byte[] proof) {
            if (key.accepts(proof, AuthKey.CLIENT, clientHello, serverHello)) {
                say(join(NOTHING, WELCOME, key.proof(AuthKey.SERVER, clientHello, serverHello)));
                stand();
            } else {
                say(new byte[] {WRONG_KEY});
                refuse(new AuthenticationException("it has another auth key"));
            }
        }

        private static byte[] join(byte[] first, byte verdict, byte[] last) {
            return ByteBuffer.allocate(first.length + 1 + last.length)
                    .put(first)
                    .put(verdict)
                    .put(last)
                    .array();
        }
    }
}
