package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that was written after the protocol's page, in another language. */
@Timeout(120)
class PythonClientTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final byte[] KEY = {0, 1, 2, (byte) 200};

    @TempDir
    Path directory;

    @BeforeAll
    static void needsPython() throws InterruptedException {
        try {
            Process python = new ProcessBuilder("python3", "--version").start();
            Assumptions.assumeTrue(python.waitFor(30, TimeUnit.SECONDS) && python.exitValue() == 0);
        } catch (IOException e) {
            Assumptions.abort("there is no python3: " + e);
        }
    }

    @Test
    void bytesGoThereAndBackOverAUnixSocket() throws Exception {
        try (ConnectionServer server = ConnectionServer.listen(unix(), KEY)) {
            exchangeBytes(server, HexFormat.of().formatHex(KEY));
        }
    }

    @Test
    void bytesGoThereAndBackOverTcp() throws Exception {
        try (ConnectionServer server = ConnectionServer.listen(tcp(), KEY)) {
            exchangeBytes(server, HexFormat.of().formatHex(KEY));
        }
    }

    @Test
    void anEmptyKeyIsAKey() throws Exception {
        try (ConnectionServer server = ConnectionServer.listen(unix(), new byte[0])) {
            exchangeBytes(server, "");
        }
    }

    @Test
    void withoutAKeyInAPrivateDirectory() throws Exception {
        try (ConnectionServer server = ConnectionServer.listen(unix(), ConnectionOptions.defaults())) {
            exchangeBytes(server, "none");
        }
    }

    private void exchangeBytes(ConnectionServer server, String key) throws Exception {
        Process python = python("bytes", server.address(), key);
        try (Connection connection = server.accept(LONG)) {
            int[] sizes = {0, 1, 100, 65_535, 65_536, 65_537, 131_072, 1_000_000};
            for (int size : sizes) {
                connection.sendBytes(MessageContract.bytes(size));
                assertArrayEquals(MessageContract.bytes(size), connection.recvBytes());
            }
            // Given up in the middle: it is dropped there, too.
            byte[] large = new byte[20_000_000];
            assertThrows(TimeoutException.class, () -> connection.send(large, Duration.ZERO));
            connection.sendBytes(new byte[] {9});
            assertArrayEquals(new byte[] {9}, connection.recvBytes());
        }
        assertEquals("9 messages", output(python));
    }

    @Test
    void simpleObjectsAreUnderstood() throws Exception {
        try (ConnectionServer server = ConnectionServer.listen(unix(), KEY)) {
            Process python = python("objects", server.address(), HexFormat.of().formatHex(KEY));
            List<Object> objects = Arrays.asList(
                    null,
                    true,
                    false,
                    0,
                    -1,
                    Integer.MAX_VALUE,
                    Long.MIN_VALUE,
                    0.5,
                    "",
                    "ascii",
                    "caf\u00e9",
                    "\u20ac \ud83d\ude00",
                    "x".repeat(100_000));
            try (Connection connection = server.accept(LONG)) {
                for (Object object : objects) {
                    connection.send(object);
                    assertEquals(object, connection.recv());
                }
                connection.send(new byte[] {1, 2, 3});
                assertArrayEquals(new byte[] {1, 2, 3}, (byte[]) connection.recv());
            }
            assertEquals(objects.size() + 1 + " messages", output(python));
        }
    }

    @Test
    void wrongKeysAreRefused() throws Exception {
        try (ConnectionServer server = ConnectionServer.listen(unix(), KEY)) {
            // A zero more at its end: HMAC alone would not tell it apart.
            String output =
                    output(python("bytes", server.address(), HexFormat.of().formatHex(KEY) + "00"));
            assertTrue(output.startsWith("AuthenticationError"), output);
            output = output(python("bytes", server.address(), "none"));
            assertTrue(output.startsWith("AuthenticationError"), output);
            assertThrows(TimeoutException.class, () -> server.accept(Duration.ZERO));
        }
    }

    private SocketAddress unix() {
        return UnixDomainSocketAddress.of(directory.resolve("server"));
    }

    private static SocketAddress tcp() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static Process python(String mode, SocketAddress address, String key) throws Exception {
        Path client = Path.of(
                PythonClientTest.class.getResource("/connection_client.py").toURI());
        return new ProcessBuilder("python3", client.toString(), mode, Transport.name(address), key)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String output(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes()).trim();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return output;
    }
}
