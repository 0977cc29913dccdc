package io.muster;

import static io.muster.ErrorsPageTest.thrown;

import io.muster.ErrorsPageTest.Provocation;
import io.muster.ipc.channel.Connection;
import io.muster.ipc.channel.ConnectionOptions;
import io.muster.ipc.channel.ConnectionServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The part of {@link ErrorsPageTest} that is about connections between programs. */
final class ConnectionErrors {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final byte[] KEY = {1, 2, 3};

    private final Path directory;

    /** @param directory for sockets */
    ConnectionErrors(Path directory) {
        this.directory = directory;
    }

    void addTo(Map<String, Provocation> all) {
        keys(all);
        addresses(all);
        messages(all);
    }

    private UnixDomainSocketAddress address(String name) {
        return UnixDomainSocketAddress.of(directory.resolve(name));
    }

    private void keys(Map<String, Provocation> all) {
        all.put("The auth keys differ", () -> {
            try (ConnectionServer server = ConnectionServer.listen(address("keys"), KEY)) {
                return thrown(() -> Connection.open(server.address(), new byte[0], LONG));
            }
        });
        all.put("One side has no auth key", () -> {
            try (ConnectionServer server = ConnectionServer.listen(address("key"), KEY)) {
                return thrown(() -> Connection.open(server.address(), ConnectionOptions.defaults(), LONG));
            }
        });
        all.put("An auth key is needed", () -> {
            Path open = Files.createTempDirectory("open");
            try {
                Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
                UnixDomainSocketAddress address = UnixDomainSocketAddress.of(open.resolve("socket"));
                return thrown(() -> ConnectionServer.listen(address, ConnectionOptions.defaults()));
            } finally {
                Files.delete(open);
            }
        });
    }

    private void addresses(Map<String, Provocation> all) {
        all.put("The server's file is a dead one's", () -> {
            UnixDomainSocketAddress address = address("stale");
            try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                dead.bind(address);
            }
            return thrown(() -> Connection.open(address, KEY, LONG));
        });
        all.put("Somebody listens there already", () -> {
            try (ConnectionServer server = ConnectionServer.listen(address("live"), KEY)) {
                return thrown(() -> ConnectionServer.listen(server.address(), KEY));
            }
        });
        all.put("The path is too long", () -> thrown(() -> ConnectionServer.listen(address("x".repeat(200)), KEY)));
        all.put("What listens is no such server", () -> {
            try (ServerSocket mail = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                CompletableFuture<Void> answer = CompletableFuture.runAsync(() -> greet(mail));
                String said = thrown(() -> Connection.open(mail.getLocalSocketAddress(), KEY, LONG));
                answer.join();
                return said;
            }
        });
    }

    private static void greet(ServerSocket mail) {
        try (Socket client = mail.accept()) {
            client.getOutputStream().write("220 mail is ready\r\n".getBytes());
            client.getInputStream().readAllBytes();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void messages(Map<String, Provocation> all) {
        all.put("A message is too large", () -> {
            ConnectionOptions options =
                    ConnectionOptions.defaults().authKey(KEY).maxMessageBytes(1000);
            try (ConnectionServer server = ConnectionServer.listen(address("large"), options);
                    Connection client = Connection.open(server.address(), KEY, LONG)) {
                return thrown(() -> client.sendBytes(new byte[1001]));
            }
        });
        all.put("The other side is gone", () -> {
            try (ConnectionServer server = ConnectionServer.listen(address("gone"), KEY);
                    Connection client = Connection.open(server.address(), KEY, LONG)) {
                server.accept().close();
                return thrown(client::recv);
            }
        });
    }
}
