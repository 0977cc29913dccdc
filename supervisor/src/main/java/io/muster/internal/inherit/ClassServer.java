package io.muster.internal.inherit;

import io.muster.child.ClassServerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Gives children the bytes of classes that no path of theirs has. One for a JVM, there only while a child needs it: the
 * first {@linkplain #lease lease} binds a Unix domain socket in a directory that only this user may enter, the last one
 * to be closed removes it. Each lease has a token of its own, which says whose class loader is asked. Daemon threads: one
 * that accepts, one for each child that is connected, {@value #MAX_CONNECTIONS} children at most.
 */
final class ClassServer {
    static final int MAX_CONNECTIONS = 1024;

    /** {@code sun_path} of Linux has 108 bytes with the zero at the end, that of macOS 104. */
    private static final int MAX_SOCKET_PATH_BYTES = 103;

    private static final Object LOCK = new Object();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static ClassServer current;

    private final Map<String, Lease> leases = new ConcurrentHashMap<>();
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
    private final ServerSocketChannel socket;
    private final Path path;

    private ClassServer(Path directory) throws IOException {
        byte[] name = new byte[4];
        RANDOM.nextBytes(name);
        path = shortEnough(directory).resolve("classes-" + HexFormat.of().formatHex(name));
        socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            socket.bind(UnixDomainSocketAddress.of(path), MAX_CONNECTIONS);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        startThread("muster-class-server", this::acceptAll);
    }

    /** A child's right to ask for the classes of one loader, until it is closed. */
    static final class Lease implements AutoCloseable {
        private final ClassServer server;
        private final ClassServerAddress address;
        private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
        final ClassSource source;

        private Lease(ClassServer server, String token, ClassSource source) {
            this.server = server;
            this.address = new ClassServerAddress(server.path.toString(), token);
            this.source = source;
        }

        ClassServerAddress address() {
            return address;
        }

        @Override
        public void close() {
            server.end(this);
        }
    }

    /**
     * Serves {@code source} from now on.
     *
     * @param source what one child may ask for
     * @param privateDirectory for the socket, if there is none yet
     * @return to be closed when the child has ended
     */
    static Lease lease(ClassSource source, Path privateDirectory) {
        synchronized (LOCK) {
            try {
                if (current == null) {
                    current = new ClassServer(privateDirectory);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("The class server cannot listen in " + privateDirectory, e);
            }
            byte[] token = new byte[ClassServerAddress.TOKEN_LENGTH / 2];
            RANDOM.nextBytes(token);
            Lease lease = new Lease(current, HexFormat.of().formatHex(token), source);
            current.leases.put(lease.address.token(), lease);
            return lease;
        }
    }

    private void end(Lease lease) {
        synchronized (LOCK) {
            leases.remove(lease.address.token());
            lease.connections.forEach(this::close);
            if (!leases.isEmpty() || current != this) {
                return;
            }
            current = null;
        }
        try {
            socket.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // The session's directory goes with all that is in it.
        }
    }

    private void acceptAll() {
        while (socket.isOpen()) {
            try {
                SocketChannel connection = socket.accept();
                if (connections.size() >= MAX_CONNECTIONS) {
                    connection.close();
                    continue;
                }
                connections.add(connection);
                startThread("muster-class-server-" + connections.size(), () -> serve(connection));
            } catch (IOException e) {
                // Closed, or out of descriptors: then the next one may get one.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        }
    }

    private void serve(SocketChannel channel) {
        try (ClassConnection connection = new ClassConnection(channel)) {
            Lease lease = leases.get(connection.readToken());
            if (lease == null) {
                return;
            }
            lease.connections.add(channel);
            // The lease may have ended before it knew of this connection.
            if (leases.containsKey(lease.address.token())) {
                connection.serve(lease.source);
            }
            lease.connections.remove(channel);
        } catch (IOException e) {
            // The child has ended, or speaks otherwise: nobody is left to be told.
        } finally {
            connections.remove(channel);
        }
    }

    private void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Its thread notices by itself.
        }
    }

    private static Path shortEnough(Path directory) throws IOException {
        int bytes = directory.toString().getBytes(StandardCharsets.UTF_8).length + "/classes-00000000".length();
        if (bytes <= MAX_SOCKET_PATH_BYTES) {
            return directory;
        }
        Path other = Files.createTempDirectory("muster-");
        other.toFile().deleteOnExit();
        return other;
    }

    private static void startThread(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, 0, false);
        // Not the creator's: it might be an application that is unloaded one day.
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        thread.setDaemon(true);
        thread.start();
    }
}
