package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.TestJvm;
import java.io.EOFException;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Between two programs, one of which is killed or stopped. */
@Timeout(180)
class ConnectionProcessTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private TestJvm program() {
        return TestJvm.start(directory, ConnectionMain.class);
    }

    private String where(boolean tcp) {
        return tcp ? "0" : directory.resolve("socket").toString();
    }

    private static SocketAddress listen(TestJvm program, String where) {
        String answer = program.ask("listen " + where);
        return ConnectionMain.address(where.equals("0") ? answer : where);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerIsKilled(boolean tcp) throws Exception {
        try (TestJvm program = program()) {
            SocketAddress address = listen(program, where(tcp));
            try (Connection client = Connection.open(address, ConnectionMain.KEY, LONG)) {
                program.ask("accept");
                client.send("x");
                assertEquals("x", program.ask("recv"));
                program.ask("send last");
                Call<Object> large = Call.of(() -> {
                    assertEquals("last", client.recv());
                    return client.recv();
                });
                program.killAndAwaitEnd();
                large.failure(EOFException.class);
                assertThrows(BrokenPipeException.class, () -> client.send("to nobody"));
            }
            if (!tcp) {
                Path left = directory.resolve("socket");
                assertTrue(Files.exists(left, LinkOption.NOFOLLOW_LINKS), "nobody could take it away");
                try (ConnectionServer successor = ConnectionServer.listen(address, ConnectionMain.KEY)) {
                    Connection.open(address, ConnectionMain.KEY, LONG).close();
                    successor.accept(LONG).close();
                }
                assertFalse(Files.exists(left, LinkOption.NOFOLLOW_LINKS));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSenderIsKilledInALargeMessage(boolean tcp) throws Exception {
        try (TestJvm program = program();
                ConnectionServer server =
                        ConnectionServer.listen(ConnectionMain.address(where(tcp)), ConnectionMain.KEY)) {
            program.ask("open " + name(server.address()));
            try (Connection accepted = server.accept(LONG)) {
                program.ask("send whole");
                assertEquals("whole", accepted.recv());
                program.send("sendLarge 20000000");
                try (Selector selector = Selector.open()) {
                    ((SocketConnection) accepted).selectable().register(selector, SelectionKey.OP_READ);
                    assertEquals(1, selector.select(LONG.toMillis()), "its beginning is here");
                }
                program.killAndAwaitEnd();
                assertThrows(EOFException.class, accepted::recv);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerIsStoppedForAWhile(boolean tcp) throws Exception {
        try (TestJvm program = program()) {
            SocketAddress address = listen(program, where(tcp));
            Connection.open(address, ConnectionMain.KEY, LONG).close();
            program.ask("accept");
            program.stop();
            assertThrows(
                    TimeoutException.class, () -> Connection.open(address, ConnectionMain.KEY, Duration.ofMillis(100)));
            program.signal("CONT");
            try (Connection client = Connection.open(address, ConnectionMain.KEY, LONG)) {
                assertTrue(client.isWritable());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aReceiverIsKilledWhileOneSends(boolean tcp) throws Exception {
        try (TestJvm program = program()) {
            SocketAddress address = listen(program, where(tcp));
            try (Connection client = Connection.open(address, ConnectionMain.KEY, LONG)) {
                program.ask("accept");
                Call<Void> sender =
                        Call.doing(() -> client.send(new byte[50_000_000])).awaitWaiting();
                program.killAndAwaitEnd();
                sender.failure(BrokenPipeException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theyTalk(boolean tcp) throws Exception {
        try (TestJvm program = program()) {
            SocketAddress address = listen(program, where(tcp));
            try (Connection client = Connection.open(address, ConnectionMain.KEY, LONG)) {
                program.ask("accept");
                program.send("echo");
                for (int i = 0; i < 2000; i++) {
                    client.send(i);
                    assertEquals(i, client.recv());
                }
            }
            assertEquals("EOFException", program.readLine());
        }
    }

    private static String name(SocketAddress address) {
        String name = Transport.name(address);
        return name.startsWith("/") ? name : name.substring(name.lastIndexOf(':') + 1);
    }
}
