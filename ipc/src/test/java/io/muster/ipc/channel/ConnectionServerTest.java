package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.wait.Eventually;
import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ConnectionServerTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final byte[] KEY = {1};

    @TempDir
    Path directory;

    @AfterEach
    void nothingIsLeft() throws IOException {
        try (var files = Files.list(directory)) {
            assertEquals(List.of(), files.toList());
        }
    }

    private SocketAddress unix() {
        return UnixDomainSocketAddress.of(directory.resolve("server"));
    }

    private static SocketAddress loopback(String host) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(host), 0);
    }

    @Test
    void acceptWaitsInTimeAndWithoutTime() throws Exception {
        try (ConnectionServer server = ConnectionServer.listen(unix(), KEY)) {
            assertThrows(TimeoutException.class, () -> server.accept(Duration.ZERO));
            assertThrows(TimeoutException.class, () -> server.accept(Duration.ofMillis(2)));
            for (Callable<Connection> accept :
                    List.<Callable<Connection>>of(server::accept, () -> server.accept(LONG))) {
                Call<Connection> call = Call.of(accept).awaitWaiting();
                try (Connection client = Connection.open(server.address(), KEY, LONG)) {
                    client.send("x");
                    try (Connection accepted = call.result()) {
                        assertEquals("x", accepted.recv());
                    }
                }
            }
        }
    }

    @Test
    void anInterruptEndsTheWaitAndNothingElse() throws Exception {
        try (ConnectionServer server = ConnectionServer.listen(unix(), KEY)) {
            for (Call<Connection> call : List.of(Call.of(server::accept), Call.of(() -> server.accept(LONG)))) {
                call.awaitWaiting().interrupt();
                call.failure(InterruptedException.class);
            }
            Connection.open(server.address(), KEY, LONG).close();
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, server::accept);
            assertThrows(EOFException.class, () -> server.accept(LONG).recv());
            assertFalse(server.isClosed());
        }
    }

    @Test
    void closingWakesWhoAccepts() throws Exception {
        ConnectionServer server = ConnectionServer.listen(unix(), KEY);
        List<Call<Connection>> calls = List.of(Call.of(server::accept), Call.of(() -> server.accept(LONG)));
        calls.forEach(Call::awaitWaiting);
        server.close();
        server.close();
        for (Call<Connection> call : calls) {
            call.failure(ClosedObjectException.class);
        }
        assertTrue(server.isClosed());
        assertThrows(ClosedObjectException.class, server::accept);
        assertThrows(IOException.class, () -> Connection.open(server.address(), KEY, LONG));
    }

    @Test
    void acceptedConnectionsOutliveTheServerAndOthersEnd() throws Exception {
        ConnectionServer server = ConnectionServer.listen(loopback("127.0.0.1"), KEY);
        try (Connection client = Connection.open(server.address(), KEY, LONG);
                Connection accepted = server.accept(LONG);
                Connection neverAccepted = Connection.open(server.address(), KEY, LONG)) {
            server.close();
            assertThrows(EOFException.class, neverAccepted::recv);
            client.send(1);
            assertEquals(1, accepted.recv());
        }
    }

    @Test
    void closedInAnInterruptedThread() throws Exception {
        ConnectionServer server = ConnectionServer.listen(unix(), KEY);
        Thread.currentThread().interrupt();
        server.close();
        assertTrue(Thread.interrupted(), "is kept");
        assertTrue(server.isClosed());
    }

    @Test
    void theAddressHasThePortThatWasChosen() throws Exception {
        try (ConnectionServer first = ConnectionServer.listen(loopback("127.0.0.1"), KEY);
                ConnectionServer second = ConnectionServer.listen(loopback("127.0.0.1"), KEY)) {
            assertNotEquals(0, ((InetSocketAddress) first.address()).getPort());
            assertNotEquals(first.address(), second.address());
            BindException e = assertThrows(BindException.class, () -> ConnectionServer.listen(first.address(), KEY));
            assertTrue(e.getMessage().contains("cannot be listened to"), e::getMessage);
        }
    }

    @Test
    void severalListenOnOnePort() throws Exception {
        ConnectionOptions options = ConnectionOptions.defaults().authKey(KEY).reusePort(true);
        try (ConnectionServer first = ConnectionServer.listen(loopback("127.0.0.1"), options);
                ConnectionServer second = ConnectionServer.listen(first.address(), options)) {
            List<Call<Connection>> calls = List.of(Call.of(first::accept), Call.of(second::accept));
            List<Connection> clients = new ArrayList<>();
            while (!calls.get(0).isDone() || !calls.get(1).isDone()) {
                clients.add(Connection.open(first.address(), KEY, LONG));
            }
            calls.get(0).result().close();
            calls.get(1).result().close();
            clients.forEach(Connection::close);
        }
    }

    @Test
    void aPortIsSharedOnlyByThoseWhoAllSaySo() throws Exception {
        ConnectionOptions shared = ConnectionOptions.defaults().authKey(KEY).reusePort(true);
        try (ConnectionServer server = ConnectionServer.listen(loopback("127.0.0.1"), shared)) {
            assertThrows(BindException.class, () -> ConnectionServer.listen(server.address(), KEY));
        }
        try (ConnectionServer server = ConnectionServer.listen(loopback("127.0.0.1"), KEY)) {
            assertThrows(BindException.class, () -> ConnectionServer.listen(server.address(), shared));
        }
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> ConnectionServer.listen(unix(), shared));
        assertTrue(e.getMessage().contains("is for TCP"), e::getMessage);
    }

    @Test
    void overIpv6() throws Exception {
        Assumptions.assumeTrue(
                NetworkInterface.networkInterfaces()
                        .flatMap(NetworkInterface::inetAddresses)
                        .anyMatch(address -> address.getHostAddress().startsWith("0:0:0:0:0:0:0:1")),
                "there is no ::1");
        try (ConnectionServer server = ConnectionServer.listen(loopback("::1"), KEY);
                Connection client = Connection.open(server.address(), KEY, LONG);
                Connection accepted = server.accept(LONG)) {
            client.send(1);
            assertEquals(1, accepted.recv());
        }
    }

    @Test
    void thousandsConnectOverAUnixSocket() throws Exception {
        try (ConnectionServer server = ConnectionServer.listen(unix(), KEY)) {
            connectMany(server, 3000);
        }
    }

    @Test
    void aThousandConnectOverTcp() throws Exception {
        try (ConnectionServer server = ConnectionServer.listen(loopback("127.0.0.1"), KEY)) {
            connectMany(server, 1000);
        }
    }

    private static void connectMany(ConnectionServer server, int count) throws Exception {
        int threads = 8;
        List<Call<Void>> clients = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int id = t;
            clients.add(Call.doing(() -> {
                for (int i = 0; i < count / threads; i++) {
                    try (Connection client = Connection.open(server.address(), KEY, LONG)) {
                        client.send(id + " " + i);
                        assertEquals(id + " " + i, client.recv(LONG));
                    }
                }
            }));
        }
        List<Call<Void>> echoes = new ArrayList<>();
        for (int t = 0; t < 2; t++) {
            echoes.add(Call.doing(() -> {
                for (int i = 0; i < count / threads * threads / 2; i++) {
                    try (Connection accepted = server.accept(LONG)) {
                        accepted.send(accepted.recv());
                    }
                }
            }));
        }
        for (Call<Void> call : clients) {
            call.result();
        }
        for (Call<Void> call : echoes) {
            call.result();
        }
        assertEquals(0, server.refused());
    }

    @Test
    void moreThanTheBacklogWaitForTheirTurn() throws Exception {
        ConnectionOptions options =
                ConnectionOptions.defaults().authKey(KEY).backlog(2).handshakes(1);
        try (ConnectionServer server = ConnectionServer.listen(unix(), options)) {
            List<Call<Connection>> clients = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                clients.add(Call.of(() -> Connection.open(server.address(), KEY, LONG)));
            }
            Eventually.until(
                    "some are in", () -> clients.stream().filter(Call::isDone).count() >= 2);
            for (int i = 0; i < 12; i++) {
                try (Connection accepted = server.accept(LONG)) {
                    accepted.send(i);
                }
            }
            for (Call<Connection> client : clients) {
                try (Connection connection = client.result()) {
                    assertTrue(connection.recv() instanceof Integer);
                }
            }
        }
    }

    @Test
    void optionsAreChecked() {
        ConnectionOptions options = ConnectionOptions.defaults();
        Class<IllegalArgumentException> refused = IllegalArgumentException.class;
        assertThrows(refused, () -> options.maxMessageBytes(0));
        assertThrows(refused, () -> options.maxMessageBytes(Integer.MAX_VALUE));
        assertThrows(refused, () -> options.handshakeTimeout(Duration.ZERO));
        assertThrows(refused, () -> options.handshakeTimeout(Duration.ofDays(2)));
        assertThrows(refused, () -> options.handshakes(0));
        assertThrows(refused, () -> options.backlog(0));
        assertThrows(NullPointerException.class, () -> options.authKey((byte[]) null));
        assertThrows(NullPointerException.class, () -> options.codec(null));
        assertThrows(NullPointerException.class, () -> options.filter(null));
        assertFalse(options.authKey("secret".getBytes()).toString().contains("secret"));
        assertThrows(NullPointerException.class, () -> ConnectionServer.listen(null, KEY));
        assertThrows(NullPointerException.class, () -> ConnectionServer.listen(unix(), (ConnectionOptions) null));
        assertThrows(NullPointerException.class, () -> Connection.open(unix(), KEY, null));
        SocketAddress other = new SocketAddress() {
            private static final long serialVersionUID = 1L;
        };
        assertThrows(refused, () -> ConnectionServer.listen(other, KEY));
        assertThrows(refused, () -> Connection.open(other, KEY, LONG));
    }
}
