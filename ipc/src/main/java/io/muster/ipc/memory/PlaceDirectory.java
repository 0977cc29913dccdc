package io.muster.ipc.memory;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A named, long-lived directory in which programs that know nothing of each other share memory, and the {@link Place} where
 * they meet. What lies in it outlives all of them; only {@link #remove} ends it, no sweep does.
 *
 * <p>Taking part is for life: this JVM stays a party until it ends, as its other threads may still be inside shared objects.
 *
 * <p>Thread-safety: all methods may be called by any thread. Death: a process killed while it makes, joins or repairs a place
 * leaves one that the others can make, join or repair.
 */
public final class PlaceDirectory {
    static final String PREFIX = "place-";
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Map<Path, PlaceDirectory> JOINED = new HashMap<>();

    private final Path path;
    private final PlaceOpener.Opened opened;

    private PlaceDirectory(Path path, PlaceOpener.Opened opened) {
        this.path = path;
        this.opened = opened;
    }

    /**
     * Takes part in the place of that name, which is made if it is nowhere: beside the sessions, where there is room.
     *
     * @throws NoSpaceException if there is no room for it anywhere
     * @throws PlaceException if it cannot be used
     */
    public static PlaceDirectory open(String name) {
        String file = PREFIX + ObjectName.encode(name);
        Path existing = find(file);
        return open(
                existing != null
                        ? existing
                        : BaseDirectory.choose(BaseDirectory.candidates()).resolve(file),
                true);
    }

    static Path find(String file) {
        for (BaseDirectory base : BaseDirectory.candidates()) {
            Path path = base.path().resolve(file);
            if (base.isUsable() && Files.exists(path.resolve(TableFile.NAME))) {
                return path;
            }
        }
        return null;
    }

    /**
     * Takes part in the place that this directory is; made if it is not there, or empty. On a disk it survives a reboot.
     *
     * @throws NoSpaceException if there is no room for it
     * @throws PlaceException if the directory is not this user's alone, is no place, or cannot be used for another reason
     */
    public static PlaceDirectory open(Path directory) {
        return open(real(Objects.requireNonNull(directory, "directory")), true);
    }

    /** Takes part in the place that this directory is, if it is one; for a handle that came from elsewhere. */
    public static PlaceDirectory join(Path directory) {
        return open(real(Objects.requireNonNull(directory, "directory")), false);
    }

    /** A user may name it by a link; its own name is checked, and is what all processes know it by. */
    private static Path real(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        try {
            return absolute.toRealPath();
        } catch (IOException e) {
            return realParent(absolute);
        }
    }

    private static Path realParent(Path absolute) {
        try {
            Path parent = absolute.getParent();
            return parent == null ? absolute : parent.toRealPath().resolve(absolute.getFileName());
        } catch (IOException e) {
            throw new PlaceException("there is no directory " + absolute.getParent() + " to make a place in", e);
        }
    }

    private static PlaceDirectory open(Path path, boolean create) {
        LOCK.lock();
        try {
            PlaceDirectory joined = JOINED.get(path);
            if (joined != null && joined.isThere()) {
                return joined;
            }
            if (joined != null) {
                // Removed since. Its lock file stays open for ever: it is another file than the new one's.
                JOINED.remove(path);
                JoinedPlaces.remove(path);
            }
            checkFileSystem(Files.exists(path) ? path : path.getParent());
            PlaceDirectory made =
                    new PlaceDirectory(path, PlaceOpener.ofThisProcess().open(path, create, ownName()));
            JOINED.put(path, made);
            return made;
        } finally {
            LOCK.unlock();
        }
    }

    private static void checkFileSystem(Path path) {
        try {
            PlaceOpener.check(NetworkFileSystems.refusal(path));
        } catch (IOException e) {
            throw new PlaceException("there is no place at " + path + ", and none can be made", e);
        }
    }

    /** The main class or jar, so that people know each other. */
    private static String ownName() {
        String command = System.getProperty("sun.java.command", "").strip();
        String first = command.isEmpty() ? "java" : command.split("\\s", 2)[0];
        return first.substring(first.lastIndexOf('/') + 1);
    }

    /** Whether that directory is a named place, as far as a look from outside tells. */
    public static boolean isPlace(Path directory) {
        Path table = directory.resolve(TableFile.NAME);
        try (RandomAccessFile in = new RandomAccessFile(table.toFile(), "r")) {
            byte[] bytes = new byte[SegmentHeader.BYTES + PlaceLayout.NAMED + Integer.BYTES];
            in.readFully(bytes);
            ByteBuffer found = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            return found.getInt(SegmentHeader.KIND) == PlaceLayout.KIND
                    && found.getInt(SegmentHeader.BYTES + PlaceLayout.NAMED) != 0;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Removes a place with all that is in it, if nobody takes part in it.
     *
     * @throws PlaceException if somebody does; the message says who
     */
    public static void remove(Path directory) {
        LOCK.lock();
        try {
            PlaceRemover.ofThisProcess().remove(real(Objects.requireNonNull(directory, "directory")));
        } finally {
            LOCK.unlock();
        }
    }

    /**
     * Removes this place with all that is in it although others, and this process, take part in it: what they have mapped stays
     * theirs until they end, and whoever opens the place from now on makes a new one. End its objects first.
     *
     * @throws PlaceException if its files cannot be removed
     */
    public void removeForAll() {
        opened.table().putIntVolatile(PlaceLayout.STATE, PlaceLayout.STATE_SWEPT);
        PlaceRemover.ofThisProcess().removeFiles(path);
    }

    /** Whether the place has not been removed since. */
    public boolean isThere() {
        return opened.table().getIntVolatile(PlaceLayout.STATE) == PlaceLayout.STATE_OPEN
                && opened.tableKey().equals(PlaceOpener.key(path.resolve(TableFile.NAME)));
    }

    public Path path() {
        return path;
    }

    /** The party table of this place. */
    public Place place() {
        return opened.place();
    }

    /**
     * Has the operating system write all that is in the place to its disk, and returns when that is done: what was stored
     * before survives a loss of power. On a file system in memory nothing does, and this returns at once.
     *
     * @throws PlaceException if it cannot be written
     */
    public void force() {
        boolean interrupted = Thread.interrupted();
        try {
            String[] names = path.toFile().list();
            for (String name : names == null ? new String[0] : names) {
                // Never the lock file: closing a stream on it drops the locks of this process.
                if (!name.equals(LiveFile.NAME)) {
                    forceFile(path.resolve(name));
                }
            }
            while (!forceDirectory()) {
                interrupted |= Thread.interrupted();
            }
        } catch (IOException e) {
            throw new PlaceException("cannot write the place " + path + " to its disk", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void forceFile(Path file) throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.getFD().sync();
        } catch (FileNotFoundException e) {
            if (Files.exists(file)) {
                throw e;
            }
        }
    }

    private boolean forceDirectory() throws IOException {
        try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
            directory.force(true);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "place " + path;
    }
}
