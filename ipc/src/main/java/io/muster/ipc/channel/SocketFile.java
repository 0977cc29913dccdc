package io.muster.ipc.channel;

import io.muster.ipc.memory.DirectoryOwner;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/**
 * The file by which a Unix domain socket is found. A server that was killed leaves its file behind; nobody answers there, and
 * the next server takes its place. The file of a server that lives, and what is no socket, are never touched.
 */
final class SocketFile {
    /** What the JDK takes: struct sockaddr_un has room for one more, and its closing zero. */
    private static final int MOST_PATH_BYTES = System.getProperty("os.name").startsWith("Linux") ? 106 : 102;

    private static final int FILE_TYPE = 0170000;
    private static final int SOCKET = 0140000;
    private static final int ATTEMPTS = 10;

    private final Path path;
    private final Object identity;

    private SocketFile(Path path, Object identity) {
        this.path = path;
        this.identity = identity;
    }

    /** What tells a file from another that has its name later; inode numbers alone are used again. */
    private record Identity(Object key, Object modified) {
        static Identity of(Path path) throws IOException {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new Identity(file.fileKey(), file.lastModifiedTime());
        }
    }

    /**
     * Binds a server to its file, which only this user may connect to.
     *
     * @throws BindException if something is there that must not be taken away
     */
    static synchronized SocketFile bind(ServerSocketChannel server, UnixDomainSocketAddress address, int backlog)
            throws IOException {
        checkLength(address);
        Path path = address.getPath().toAbsolutePath();
        for (int attempt = 1; ; attempt++) {
            try {
                server.bind(address, backlog);
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
                return new SocketFile(path, Identity.of(path));
            } catch (BindException e) {
                if (attempt == ATTEMPTS) {
                    throw because(e, path + " cannot be bound: " + e.getMessage());
                }
                removeStale(path, address);
            } catch (java.net.SocketException e) {
                throw because(e, path + " cannot be bound: " + e.getMessage());
            }
        }
    }

    static void checkLength(UnixDomainSocketAddress address) throws BindException {
        int bytes = address.getPath().toString().getBytes().length;
        if (bytes == 0 || bytes > MOST_PATH_BYTES) {
            throw new BindException(
                    "the path of a Unix domain socket has 1 to " + MOST_PATH_BYTES + " bytes, this one has " + bytes
                            + ": " + address.getPath() + "; try a shorter one, such as one under /run/user or /tmp");
        }
    }

    private static void removeStale(Path path, UnixDomainSocketAddress address) throws IOException {
        Identity found;
        try {
            if (((int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & FILE_TYPE) != SOCKET) {
                throw new BindException(
                        path + " is no socket: it was left as it is; take it away, or use another path");
            }
            found = Identity.of(path);
            if (isAnswered(address)) {
                throw new BindException(path + " is in use: a server listens there; nothing was changed");
            }
        } catch (NoSuchFileException goneMeanwhile) {
            return;
        }
        // Another server may have taken the stale file's place a moment ago: what is taken away is looked at once more.
        Path aside = path.resolveSibling(".stale-" + UUID.randomUUID());
        try {
            Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException goneMeanwhile) {
            return;
        }
        if (!Identity.of(aside).equals(found)) {
            giveBack(aside, path);
        }
        Files.delete(aside);
    }

    private static void giveBack(Path aside, Path path) throws IOException {
        try {
            Files.createLink(path, aside);
        } catch (FileAlreadyExistsException taken) {
            throw because(taken, path + " was taken by two servers at once");
        }
    }

    private static boolean isAnswered(UnixDomainSocketAddress address) throws IOException {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            probe.connect(address);
            return true;
        } catch (ConnectException refused) {
            return false;
        } catch (java.net.SocketException e) {
            if (!Files.exists(address.getPath(), LinkOption.NOFOLLOW_LINKS)) {
                throw new NoSuchFileException(address.toString());
            }
            throw because(e, address + " is in use, or not to be told apart from one that is: " + e.getMessage());
        }
    }

    /** Takes the file away, if it is still the one that was made. */
    void remove() throws IOException {
        try {
            if (Identity.of(path).equals(identity)) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException gone) {
            return;
        }
    }

    /**
     * Whether only this user can get at it: some directory on the way to it is this user's and closed to all others.
     *
     * @throws IOException if the directory cannot be looked at
     */
    static boolean isPrivate(UnixDomainSocketAddress address) throws IOException {
        Path parent = address.getPath().toAbsolutePath().getParent();
        Path directory = parent == null ? null : parent.toRealPath();
        for (; directory != null; directory = directory.getParent()) {
            if (DirectoryOwner.isPrivate(directory)) {
                return true;
            }
        }
        return false;
    }

    private static BindException because(IOException cause, String message) {
        BindException better = new BindException(message);
        better.initCause(cause);
        return better;
    }
}
