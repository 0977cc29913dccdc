package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.codec.DecodeException;
import io.muster.ipc.codec.ObjectCodec;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What comes from a peer that does not keep to the protocol, once the connection stands. */
@Timeout(60)
class FrameTest {
    @TempDir
    Path directory;

    private SocketChannel peer;
    private Connection connection;

    @BeforeEach
    void connect() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            peer = SocketChannel.open(address);
            ObjectCodec careful = ObjectCodec.builder()
                    .filter(info -> info.serialClass() == MessageContract.Point.class
                            ? java.io.ObjectInputFilter.Status.REJECTED
                            : java.io.ObjectInputFilter.Status.UNDECIDED)
                    .build();
            connection = new SocketConnection(server.accept(), "a peer", false, careful, 1 << 20, 1 << 20);
        }
    }

    @AfterEach
    void close() throws IOException {
        connection.close();
        peer.close();
    }

    private void say(int magic, int length, long total, int payload, int... verdicts) throws IOException {
        ByteBuffer frame = FrameLayout.buffer(FrameLayout.HEADER_BYTES + payload + verdicts.length);
        frame.putInt(magic).putInt(length).putLong(total).position(FrameLayout.HEADER_BYTES + payload);
        for (int verdict : verdicts) {
            frame.put((byte) verdict);
        }
        peer.write(frame.flip());
    }

    private static final int GOOD = FrameLayout.MAGIC;

    private void assertBroken(String why) {
        for (int i = 0; i < 2; i++) {
            IOException e = assertThrows(IOException.class, connection::recvBytes);
            assertTrue(e.getMessage().contains(why), e::getMessage);
            assertTrue(e.getMessage().contains("a peer is broken"), e::getMessage);
            assertThrows(IOException.class, connection::poll);
            assertThrows(IOException.class, () -> connection.poll(Duration.ofSeconds(9)));
            assertThrows(IOException.class, () -> connection.send(1));
        }
        assertTrue(connection.toString().contains("broken"), connection::toString);
    }

    @Test
    void anotherMagic() throws IOException {
        say(0x12345678, 0, 0, 0, FrameLayout.END);
        assertBroken("begins with 78563412");
    }

    @Test
    void reservedBytes() throws IOException {
        say(GOOD | 1 << 16, 0, 0, 0, FrameLayout.END);
        assertBroken("begins with 4d750100");
    }

    @Test
    void aFrameThatIsTooLong() throws IOException {
        say(GOOD, FrameLayout.MAX_PAYLOAD_BYTES + 1, 1 << 20, 0, FrameLayout.END);
        assertBroken("a frame of 65537 bytes, the most is 65536");
    }

    @Test
    void aFrameOfNegativeLength() throws IOException {
        say(GOOD, -1, 1 << 20, 0, FrameLayout.END);
        assertBroken("a frame of 4294967295 bytes");
    }

    @Test
    void aMessageThatIsTooLarge() throws IOException {
        say(GOOD, 0, (1 << 20) + 1, 0, FrameLayout.MORE);
        assertBroken("a message of 1048577 bytes, the most is 1048576");
    }

    @Test
    void aMessageOfNegativeSize() throws IOException {
        say(GOOD, 0, -1, 0, FrameLayout.MORE);
        assertBroken("a message of 18446744073709551615 bytes");
    }

    @Test
    void moreThanTheMessage() throws IOException {
        say(GOOD, 10, 5, 10, FrameLayout.END);
        assertBroken("a frame of 10 bytes of a message of 5 bytes");
    }

    @Test
    void anEndBeforeAllIsThere() throws IOException {
        say(GOOD, 4, 5, 4, FrameLayout.END);
        assertBroken("a message of 5 bytes ended after 4");
    }

    @Test
    void moreAfterAllIsThere() throws IOException {
        say(GOOD, 5, 5, 5, FrameLayout.MORE);
        assertBroken("has them all and does not end");
    }

    @Test
    void anotherTotalInTheSameMessage() throws IOException {
        say(GOOD, 4, 10, 4, FrameLayout.MORE);
        say(GOOD, 4, 11, 4, FrameLayout.MORE);
        assertBroken("a message of 11 bytes came after 4 of 10 bytes");
    }

    @Test
    void anUnknownVerdict() throws IOException {
        say(GOOD, 4, 4, 4, 3);
        assertBroken("a frame ends with 3");
    }

    @Test
    void whatIsGivenUpIsDroppedAndTheNextIsRead() throws Exception {
        say(GOOD, 4, 10, 4, FrameLayout.MORE);
        say(GOOD, 0, 10, 0, FrameLayout.ABORT);
        say(GOOD, 3, 3, 3, FrameLayout.ABORT);
        say(GOOD, 2, 2, 2, FrameLayout.END);
        assertEquals(2, connection.recvBytes().length);
    }

    @Test
    void whatCameBeforeTheGarbageIsReceived() throws Exception {
        say(GOOD, 2, 2, 2, FrameLayout.END, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
        assertEquals(2, connection.recvBytes().length);
        assertBroken("begins with 01020304");
    }

    @Test
    void theEndInTheMiddleSaysWhatIsMissing() throws IOException {
        say(GOOD, 4, 10, 4, FrameLayout.MORE);
        peer.close();
        EOFException e = assertThrows(EOFException.class, connection::recv);
        assertTrue(e.getMessage().contains("only 4 of 10 bytes"), e::getMessage);
    }

    @Test
    void noiseIsNeverAMessage() throws Exception {
        byte[] noise = new byte[100_000];
        new Random(9).nextBytes(noise);
        peer.configureBlocking(false);
        peer.write(ByteBuffer.wrap(noise));
        assertBroken("begins with");
    }

    @Test
    void theFilterDecidesWhatIsDecoded() throws Exception {
        ObjectCodec plain = ObjectCodec.standard();
        for (Object object : new Object[] {new MessageContract.Point(1, "p"), "fine"}) {
            byte[] bytes = plain.encode(object);
            ByteBuffer frame = FrameLayout.buffer(FrameLayout.MAX_FRAME_BYTES);
            FrameLayout.putHeader(frame, bytes.length, bytes.length);
            peer.write(frame.put(bytes).put(FrameLayout.END).flip());
        }
        DecodeException e = assertThrows(DecodeException.class, connection::recv);
        assertEquals(DecodeException.Reason.REFUSED_BY_FILTER, e.reason());
        assertEquals("fine", connection.recv());
    }
}
