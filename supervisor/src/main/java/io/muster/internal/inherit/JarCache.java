package io.muster.internal.inherit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Directories with what was taken out of jars, kept between runs under the temp directory:
 *
 * <pre>
 *   muster-USER-jars/            only its owner may enter; refused if it is somebody else's
 *     locks                      one byte for each KEY, locked (shared) by a process that uses it, as long as it lives
 *     KEY/                       one outer jar: hash of its path, size and time
 *       source                   these three, a line each; its own time says when it was last used
 *       BOOT-INF/lib/a.jar  ...
 * </pre>
 *
 * A directory goes when its jar has changed or gone, or was not used for a week, and nobody holds its lock. Looked after
 * whenever a process begins with a new jar, and by {@link #sweep}. Thread-safe.
 */
public final class JarCache {
    private static final Duration KEPT_UNUSED = Duration.ofDays(7);
    private static final String SOURCE = "source";
    private static final String LOCKS = "locks";

    /** Locks held until this process ends; the key is the directory. */
    private static final Map<Path, FileLock> HELD = new HashMap<>();

    /** Never closed, for a root never opened twice: closing one descriptor of a file gives up all locks on it. */
    private static final Map<Path, FileChannel> LOCK_FILES = new HashMap<>();

    private JarCache() {}

    /** The directory for what is inside {@code jar}, locked for this process; made if there is none. */
    static Path directoryFor(Path jar) throws IOException {
        synchronized (HELD) {
            String source = describe(jar);
            Path directory = root().resolve(hash(source));
            if (!HELD.containsKey(directory)) {
                sweep(root(), false);
                HELD.put(directory, lockShared(directory));
                Files.createDirectories(directory);
                Path file = directory.resolve(SOURCE);
                if (!Files.exists(file)) {
                    Files.writeString(file, source);
                }
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            }
            return directory;
        }
    }

    /**
     * Removes what no process uses and no later run will.
     *
     * @param dryRun true: only say what would go
     * @return the directories removed, or that would be
     * @throws IOException if the cache cannot be read
     */
    public static List<Path> sweep(boolean dryRun) throws IOException {
        synchronized (HELD) {
            Path root = rootPath();
            return Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS) ? sweep(root(), dryRun) : List.of();
        }
    }

    private static List<Path> sweep(Path root, boolean dryRun) throws IOException {
        List<Path> gone = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                if (!HELD.containsKey(entry) && Files.isDirectory(entry) && isStale(entry) && remove(entry, dryRun)) {
                    gone.add(entry);
                }
            }
        }
        return gone;
    }

    private static boolean isStale(Path directory) {
        Path file = directory.resolve(SOURCE);
        try {
            String source = Files.readString(file);
            Instant lastUsed = Files.getLastModifiedTime(file).toInstant();
            Path jar = Path.of(source.lines().findFirst().orElse(""));
            return lastUsed.isBefore(Instant.now().minus(KEPT_UNUSED))
                    || !Files.exists(jar)
                    || !source.equals(describe(jar));
        } catch (IOException | RuntimeException e) {
            // Made by somebody who died before the next line, or being made: the lock tells.
            return true;
        }
    }

    /** Removes it unless a process holds its lock. */
    private static boolean remove(Path directory, boolean dryRun) throws IOException {
        try (FileLock lock = lockFile(directory).tryLock(lockedByte(directory), 1, false)) {
            if (lock != null && !dryRun) {
                deleteTree(directory);
            }
            return lock != null;
        }
    }

    private static FileLock lockShared(Path directory) throws IOException {
        return lockFile(directory).lock(lockedByte(directory), 1, true);
    }

    /** Two directories that share a byte keep each other a little longer. */
    private static long lockedByte(Path directory) {
        return directory.getFileName().toString().hashCode() & 0x7FFF_FFFFL;
    }

    private static FileChannel lockFile(Path directory) throws IOException {
        Path file = directory.resolveSibling(LOCKS);
        FileChannel channel = LOCK_FILES.get(file);
        if (channel == null) {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            LOCK_FILES.put(file, channel);
        }
        return channel;
    }

    private static void deleteTree(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static String describe(Path jar) throws IOException {
        Path real = jar.toRealPath();
        return real + "\n" + Files.size(real) + "\n"
                + Files.getLastModifiedTime(real).toMillis() + "\n";
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private static Path rootPath() {
        String user = System.getProperty("user.name").replaceAll("[^A-Za-z0-9._-]", "_");
        return Path.of(System.getProperty("java.io.tmpdir"), "muster-" + user + "-jars");
    }

    /** Classes will be loaded from here: nobody else may be able to put one in. */
    private static Path root() throws IOException {
        Path root = rootPath();
        boolean posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(root.getParent());
            if (posix) {
                Files.createDirectory(
                        root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(root);
            }
        }
        if (posix) {
            refuseForeign(root);
        }
        return root;
    }

    private static void refuseForeign(Path root) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(root, LinkOption.NOFOLLOW_LINKS);
        Path probe = Files.createTempFile("muster-", "");
        try {
            String owner = Files.getOwner(root, LinkOption.NOFOLLOW_LINKS).getName();
            if (!owner.equals(Files.getOwner(probe).getName())) {
                throw new IOException(root + " belongs to " + owner + " and not to this user: nested jars are not put"
                        + " there. Remove it, or set java.io.tmpdir to a directory of your own.");
            }
        } finally {
            Files.delete(probe);
        }
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException(root + " may be written by others (" + PosixFilePermissions.toString(permissions)
                    + "): nested jars are not put there. Remove it.");
        }
    }
}
