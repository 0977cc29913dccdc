package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.wait.Eventually;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a client says or does not say: it gets nowhere without the key, and the others get in. */
@Timeout(120)
class HostileClientTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final byte[] KEY = "the key".getBytes();
    private static final ConnectionOptions OPTIONS =
            ConnectionOptions.defaults().authKey(KEY);

    private ConnectionServer server;

    private ConnectionServer listen(ConnectionOptions options) throws IOException {
        server = ConnectionServer.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), options);
        return server;
    }

    @AfterEach
    void othersStillGetIn() throws Exception {
        try (ConnectionServer last = server) {
            assertThrows(TimeoutException.class, () -> last.accept(Duration.ZERO), "nobody came in");
            try (Connection client = Connection.open(server.address(), KEY, LONG);
                    Connection accepted = server.accept(LONG)) {
                client.send("hello");
                assertEquals("hello", accepted.recv());
            }
        }
    }

    @Test
    void garbageIsTurnedAwayAtOnce() throws Exception {
        listen(OPTIONS.handshakeTimeout(Duration.ofDays(1)));
        Random random = new Random(3);
        List<byte[]> garbage = new ArrayList<>(List.of(
                "GET / HTTP/1.1\r\n\r\n".getBytes(),
                new byte[1],
                new byte[1000],
                "MUSTEr".getBytes(),
                changed(8, 'S'),
                changed(8, 0),
                changed(6, 2),
                changed(7, 1),
                changed(9, 2),
                changed(12, 1),
                changed(23, -1)));
        for (int i = 0; i < 20; i++) {
            byte[] noise = new byte[1 + random.nextInt(200)];
            random.nextBytes(noise);
            noise[0] = 1;
            garbage.add(noise);
        }
        for (byte[] bytes : garbage) {
            try (RawPeer peer = new RawPeer(server.address())) {
                assertTrue(peer.say(bytes).isTurnedAway(), () -> Arrays.toString(bytes));
            }
        }
        Eventually.until("all are counted", () -> server.refused() == garbage.size());
    }

    /** A good hello of a client, but for one byte. */
    private static byte[] changed(int at, int value) {
        byte[] hello = hello();
        hello[at] = (byte) value;
        return hello;
    }

    private static byte[] hello() {
        return HelloLayout.hello(HelloLayout.CLIENT, true, 1000, AuthKey.nonce());
    }

    @Test
    void whoeverSaysNothingIsTurnedAwayInTime() throws Exception {
        listen(OPTIONS.handshakeTimeout(Duration.ofMillis(100)));
        try (RawPeer silent = new RawPeer(server.address());
                RawPeer half = new RawPeer(server.address());
                RawPeer withoutProof = new RawPeer(server.address())) {
            half.say(Arrays.copyOf(hello(), 30));
            withoutProof.say(hello()).hear(HelloLayout.BYTES);
            assertTrue(silent.isTurnedAway());
            assertTrue(half.isTurnedAway());
            assertTrue(withoutProof.isTurnedAway());
        }
    }

    @Test
    void manyWhoSayNothingKeepNobodyOut() throws Exception {
        listen(OPTIONS.handshakeTimeout(Duration.ofDays(1)).handshakes(8));
        List<RawPeer> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                silent.add(new RawPeer(server.address()));
            }
            try (Connection client = Connection.open(server.address(), KEY, LONG)) {
                client.send(1);
                assertEquals(1, server.accept(LONG).recv());
            }
        } finally {
            for (RawPeer peer : silent) {
                peer.close();
            }
        }
    }

    @Test
    void aSlowClientGetsInAndDelaysNobody() throws Exception {
        listen(OPTIONS);
        try (RawPeer slow = new RawPeer(server.address())) {
            byte[] mine = hello();
            for (byte b : mine) {
                slow.say(new byte[] {b});
                if (b % 16 == 0) {
                    Connection.open(server.address(), KEY, LONG).close();
                    server.accept(Duration.ofSeconds(30)).close();
                }
            }
            byte[] theirs = slow.hear(HelloLayout.BYTES);
            for (byte b : new AuthKey(KEY).proof(AuthKey.CLIENT, mine, theirs)) {
                slow.say(new byte[] {b});
            }
            assertEquals(Handshake.WELCOME, slow.hear(1)[0]);
            assertArrayEquals(new AuthKey(KEY).proof(AuthKey.SERVER, mine, theirs), slow.hear(AuthKey.PROOF_BYTES));
            try (Connection accepted = server.accept(LONG)) {
                for (byte b : frame(5, 5, FrameLayout.END)) {
                    assertFalse(accepted.poll());
                    slow.say(new byte[] {b});
                }
                assertEquals(5, accepted.recvBytes().length);
            }
        }
    }

    private static byte[] frame(int length, long total, byte verdict) {
        ByteBuffer frame =
                ByteBuffer.allocate(FrameLayout.HEADER_BYTES + length + 1).order(ByteOrder.LITTLE_ENDIAN);
        FrameLayout.putHeader(frame, length, total);
        return frame.put(frame.capacity() - 1, verdict).array();
    }

    static final class Marked implements Serializable {
        private static final long serialVersionUID = 1L;
        static volatile boolean decoded;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            decoded = true;
        }
    }

    @Test
    void nothingIsDecodedBeforeTheProof() throws Exception {
        listen(OPTIONS);
        byte[] object = ObjectCodec.standard().encode(new Marked());
        byte[] message = frame(object.length, object.length, FrameLayout.END);
        System.arraycopy(object, 0, message, FrameLayout.HEADER_BYTES, object.length);
        try (RawPeer early = new RawPeer(server.address());
                RawPeer late = new RawPeer(server.address())) {
            early.say(message);
            late.say(hello()).say(new byte[AuthKey.PROOF_BYTES]).say(message);
            assertTrue(early.isTurnedAway());
            assertTrue(late.isTurnedAway());
        }
        Eventually.until("both are turned away", () -> server.refused() == 2);
        assertFalse(Marked.decoded);
    }

    @Test
    void aProofIsGoodForOneConnectionOnly() throws Exception {
        listen(OPTIONS);
        byte[] mine = hello();
        byte[] proof;
        try (RawPeer honest = new RawPeer(server.address())) {
            byte[] theirs = honest.say(mine).hear(HelloLayout.BYTES);
            proof = new AuthKey(KEY).proof(AuthKey.CLIENT, mine, theirs);
            assertEquals(Handshake.WELCOME, honest.say(proof).hear(1)[0]);
            server.accept(LONG).close();
        }
        try (RawPeer thief = new RawPeer(server.address())) {
            thief.say(mine).say(proof).hear(HelloLayout.BYTES);
            assertEquals(Handshake.WRONG_KEY, thief.hear(1)[0]);
            assertTrue(thief.isTurnedAway());
        }
    }

    @Test
    void theServersOwnProofDoesNotServeAsAClients() throws Exception {
        listen(OPTIONS);
        byte[] mine = hello();
        try (RawPeer peer = new RawPeer(server.address())) {
            byte[] theirs = peer.say(mine).hear(HelloLayout.BYTES);
            peer.say(new AuthKey(KEY).proof(AuthKey.SERVER, mine, theirs));
            assertEquals(Handshake.WRONG_KEY, peer.hear(1)[0]);
        }
    }

    @Test
    void otherKeysGetNowhere() throws Exception {
        listen(OPTIONS);
        for (byte[] key : List.of("the kez".getBytes(), new byte[0], "the key\0".getBytes(), new byte[100])) {
            AuthenticationException e =
                    assertThrows(AuthenticationException.class, () -> Connection.open(server.address(), key, LONG));
            assertTrue(e.getMessage().contains("another auth key"), e::getMessage);
        }
        Eventually.until("all are counted", () -> server.refused() == 4);
    }

    @Test
    void bothSidesHaveAKeyOrNone() throws Exception {
        listen(OPTIONS);
        try (RawPeer peer = new RawPeer(server.address())) {
            peer.say(HelloLayout.hello(HelloLayout.CLIENT, false, 1000, AuthKey.nonce()));
            assertTrue(HelloLayout.hasKey(peer.hear(HelloLayout.BYTES)));
            assertTrue(peer.isTurnedAway());
        }
    }

    /** Then the message is refused by the receiver, which trusts its peer's number no further than its own limit. */
    @Test
    void aMessageAboveTheLimitBreaksTheConnection() throws Exception {
        listen(OPTIONS.maxMessageBytes(1000));
        byte[] mine = hello();
        try (RawPeer peer = new RawPeer(server.address())) {
            byte[] theirs = peer.say(mine).hear(HelloLayout.BYTES);
            assertEquals(1000, HelloLayout.maxMessageBytes(theirs));
            peer.say(new AuthKey(KEY).proof(AuthKey.CLIENT, mine, theirs));
            try (Connection accepted = server.accept(LONG)) {
                peer.say(frame(4, 1000, FrameLayout.MORE)).say(frame(996, 1000, FrameLayout.END));
                assertEquals(1000, accepted.recvBytes().length);
                peer.say(frame(4, Long.MAX_VALUE, FrameLayout.MORE));
                IOException e = assertThrows(IOException.class, accepted::recv);
                assertTrue(e.getMessage().contains("the most is 1000"), e::getMessage);
            }
        }
        try (Connection client = Connection.open(server.address(), KEY, LONG);
                Connection accepted = server.accept(LONG)) {
            IOException e = assertThrows(IOException.class, () -> client.sendBytes(new byte[1001]));
            assertTrue(e.getMessage().contains("nothing was sent"), e::getMessage);
            client.sendBytes(new byte[1000]);
            assertEquals(1000, accepted.recvBytes().length);
            accepted.sendBytes(new byte[1001]);
            assertEquals(1001, client.recvBytes().length, "each side has its own limit");
        }
    }
}
