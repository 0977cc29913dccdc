package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.Superuser;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What may lie where the socket's file is to be, and what becomes of it. */
@Timeout(60)
class SocketFileTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final byte[] KEY = {1};

    @TempDir
    Path directory;

    private Path path;
    private UnixDomainSocketAddress address;

    @BeforeEach
    void choosePath() {
        path = directory.resolve("server");
        address = UnixDomainSocketAddress.of(path);
    }

    private void assertServes(ConnectionServer server) throws Exception {
        try (Connection client = Connection.open(address, KEY, LONG);
                Connection accepted = server.accept(LONG)) {
            client.send(1);
            assertEquals(1, accepted.recv());
        }
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(directory)) {
            return files.toList();
        }
    }

    /** As a server leaves one that was killed. */
    private void leaveStale() throws IOException {
        try (ServerSocketChannel gone = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            gone.bind(address);
        }
        assertTrue(Files.exists(path, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void onlyThisUserMayConnect() throws Exception {
        try (ConnectionServer server = ConnectionServer.listen(address, KEY)) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
            assertEquals(List.of(path), files());
            assertServes(server);
        }
        assertEquals(List.of(), files());
    }

    @Test
    void aStaleFileIsReplaced() throws Exception {
        leaveStale();
        ConnectException e = assertThrows(ConnectException.class, () -> Connection.open(address, KEY, LONG));
        assertTrue(e.getMessage().contains("left by a server that is gone"), e::getMessage);
        try (ConnectionServer server = ConnectionServer.listen(address, KEY)) {
            assertEquals(List.of(path), files());
            assertServes(server);
        }
        assertEquals(List.of(), files());
    }

    @Test
    void aLiveServersFileIsNotTouched() throws Exception {
        try (ConnectionServer server = ConnectionServer.listen(address, KEY)) {
            for (int i = 0; i < 3; i++) {
                BindException e = assertThrows(BindException.class, () -> ConnectionServer.listen(address, KEY));
                assertTrue(e.getMessage().contains("a server listens there; nothing was changed"), e::getMessage);
            }
            assertServes(server);
            assertEquals(0, server.refused(), "a look is no client");
        }
    }

    @Test
    void aServerOfAnotherKindThatDoesNotAcceptIsLiveToo() throws Exception {
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(address, 1);
            for (int i = 0; i < 5; i++) {
                assertThrows(BindException.class, () -> ConnectionServer.listen(address, KEY));
            }
            assertTrue(Files.exists(path, LinkOption.NOFOLLOW_LINKS));
            // Its backlog is full by now.
            assertThrows(TimeoutException.class, () -> Connection.open(address, KEY, Duration.ofMillis(50)));
        }
    }

    @Test
    void whatIsNoSocketIsNotTouched() throws Exception {
        Files.writeString(path, "precious");
        BindException e = assertThrows(BindException.class, () -> ConnectionServer.listen(address, KEY));
        assertTrue(e.getMessage().contains("is no socket: it was left as it is"), e::getMessage);
        assertEquals("precious", Files.readString(path));
        Files.delete(path);

        Files.createDirectory(path);
        assertThrows(BindException.class, () -> ConnectionServer.listen(address, KEY));
        assertTrue(Files.isDirectory(path));
        Files.delete(path);

        Path target = directory.resolve("elsewhere");
        Files.createSymbolicLink(path, target);
        assertThrows(BindException.class, () -> ConnectionServer.listen(address, KEY));
        assertTrue(Files.isSymbolicLink(path));
        assertFalse(Files.exists(target, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void aSuccessorsFileStays() throws Exception {
        ConnectionServer first = ConnectionServer.listen(address, KEY);
        Files.delete(path);
        try (ConnectionServer second = ConnectionServer.listen(address, KEY)) {
            first.close();
            assertServes(second);
        }
        ConnectionServer third = ConnectionServer.listen(address, KEY);
        Files.delete(path);
        Files.writeString(path, "precious");
        third.close();
        assertEquals("precious", Files.readString(path));
    }

    @Test
    void aPathThatIsTooLong() throws Exception {
        String longest = directory.toString() + "/"
                + "x".repeat(105 - directory.toString().length());
        assertEquals(106, longest.length());
        ConnectionServer.listen(UnixDomainSocketAddress.of(longest), KEY).close();
        UnixDomainSocketAddress longer = UnixDomainSocketAddress.of(longest + "x");
        BindException e = assertThrows(BindException.class, () -> ConnectionServer.listen(longer, KEY));
        assertTrue(e.getMessage().contains("1 to 106 bytes, this one has 107"), e::getMessage);
        e = assertThrows(BindException.class, () -> Connection.open(longer, KEY, LONG));
        assertTrue(e.getMessage().contains("this one has 107"), e::getMessage);
        UnixDomainSocketAddress none = UnixDomainSocketAddress.of("");
        assertThrows(BindException.class, () -> ConnectionServer.listen(none, KEY));
        assertEquals(List.of(), files());
    }

    @Test
    void whereNothingIs() {
        ConnectException e = assertThrows(ConnectException.class, () -> Connection.open(address, KEY, LONG));
        assertTrue(e.getMessage().contains("there is no such file"), e::getMessage);
        UnixDomainSocketAddress nowhere = UnixDomainSocketAddress.of(path.resolve("deeper"));
        BindException b = assertThrows(BindException.class, () -> ConnectionServer.listen(nowhere, KEY));
        assertTrue(b.getMessage().contains("cannot be bound: No such file or directory"), b::getMessage);
        ConnectionOptions noKey = ConnectionOptions.defaults();
        NoSuchFileException n = assertThrows(NoSuchFileException.class, () -> ConnectionServer.listen(nowhere, noKey));
        assertTrue(n.getMessage().contains("there is no directory"), n::getMessage);
    }

    @Test
    void withoutAKeyOnlyWhereOthersCannotGet() throws Exception {
        ConnectionOptions noKey = ConnectionOptions.defaults();
        Path open = Files.createDirectory(directory.resolve("open"));
        UnixDomainSocketAddress below = UnixDomainSocketAddress.of(open.resolve("s"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        ConnectionServer.listen(below, noKey).close();

        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x---"));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> ConnectionServer.listen(below, noKey));
        assertTrue(e.getMessage().contains("needs an auth key, as other users can get at it"), e::getMessage);
        assertThrows(IllegalArgumentException.class, () -> Connection.open(below, noKey, LONG));
        assertFalse(Files.exists(below.getPath()));
        ConnectionServer.listen(below, KEY).close();
    }

    @Test
    void aDirectoryOfSomebodyElseIsNotPrivate() throws Exception {
        Superuser.assumeRoot("give a directory away");
        Files.setAttribute(directory, "unix:uid", 12345);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        assertThrows(
                IllegalArgumentException.class, () -> ConnectionServer.listen(address, ConnectionOptions.defaults()));
    }
}
