package io.muster.ipc.memory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file {@code live} of a place, whose locks say who lives.
 *
 * <p>The kernel drops <em>all</em> locks of a process on a file as soon as the process closes <em>any</em> stream on it.
 * So it is opened once per JVM and never for reading it; its channel is used for {@code tryLock} alone, the only
 * operation that an interrupted thread can call without closing the channel.
 */
final class LiveFile implements PlaceLocks {
    static final String NAME = "live";

    private final Path path;
    private final FileChannel channel;
    private final FileLock[] slotLocks = new FileLock[PartyId.MAX_SLOTS];
    private FileLock placeLock;
    private FileLock namesLock;

    private LiveFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Makes the file, in a directory that nobody else sees yet. */
    static LiveFile create(Path directory) throws IOException {
        Path path = directory.resolve(NAME);
        return new LiveFile(
                path,
                FileChannel.open(
                        path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
    }

    /**
     * Opens it where it is. Must not be called in a JVM that has it open already, see {@link JoinedPlaces}.
     *
     * @throws java.nio.file.NoSuchFileException if it is not there
     */
    static LiveFile open(Path directory) throws IOException {
        Path path = directory.resolve(NAME);
        return new LiveFile(path, FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Override
    public synchronized boolean tryLock(int slot) {
        if (slotLocks[slot] == null) {
            slotLocks[slot] = tryLock(1 + slot, false);
            return slotLocks[slot] != null;
        }
        return false;
    }

    @Override
    public synchronized void unlock(int slot) {
        slotLocks[slot] = release(slotLocks[slot]);
    }

    @Override
    public synchronized boolean tryLockPlaceShared() {
        return tryLockPlace(true);
    }

    @Override
    public synchronized boolean tryLockPlaceExclusive() {
        return tryLockPlace(false);
    }

    private boolean tryLockPlace(boolean shared) {
        if (placeLock == null) {
            placeLock = tryLock(0, shared);
            return placeLock != null;
        }
        return false;
    }

    @Override
    public synchronized void unlockPlace() {
        placeLock = release(placeLock);
    }

    @Override
    public synchronized boolean tryLockNames() {
        if (namesLock == null) {
            namesLock = tryLock(1 + PartyId.MAX_SLOTS, false);
            return namesLock != null;
        }
        return false;
    }

    @Override
    public synchronized void unlockNames() {
        namesLock = release(namesLock);
    }

    @Override
    public synchronized void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failed("close", e);
        }
    }

    private FileLock tryLock(int position, boolean shared) {
        try {
            return channel.tryLock(position, 1, shared);
        } catch (OverlappingFileLockException e) {
            return null;
        } catch (IOException e) {
            throw failed("lock", e);
        }
    }

    private FileLock release(FileLock lock) {
        try {
            if (lock != null) {
                lock.release();
            }
            return null;
        } catch (IOException e) {
            throw failed("unlock", e);
        }
    }

    private PlaceException failed(String what, IOException e) {
        return new PlaceException(
                "cannot " + what + " " + path
                        + ": does its file system have file locks? Try another (-Dmuster.dir=DIR)",
                e);
    }
}
