package io.muster.ipc.memory;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much room there is for new files in a directory: what its file system has and, where files live in memory, what
 * the control group's memory limit leaves. Beyond the latter the kernel would kill a process instead of refusing.
 *
 * <p>A measurement, not a reservation: the next moment may have less.
 */
final class FreeSpace {
    private final long fileSystemBytes;
    private final long memoryBytes;

    private FreeSpace(long fileSystemBytes, long memoryBytes) {
        this.fileSystemBytes = fileSystemBytes;
        this.memoryBytes = memoryBytes;
    }

    static FreeSpace in(Path directory) {
        File file = directory.toFile();
        long memory = inMemory(directory) ? MemoryLimit.current().remainingBytes() : Long.MAX_VALUE;
        return new FreeSpace(file.getUsableSpace(), memory);
    }

    /** Whether files there take memory of our control group. Asking the JDK takes milliseconds, so first the path. */
    private static boolean inMemory(Path directory) {
        if (directory.startsWith("/dev/shm")) {
            return true;
        }
        try {
            String type = Files.getFileStore(directory).type();
            return type.equals("tmpfs") || type.equals("ramfs");
        } catch (IOException e) {
            return false;
        }
    }

    long bytes() {
        return Math.min(fileSystemBytes, memoryBytes);
    }

    @Override
    public String toString() {
        return memoryBytes < fileSystemBytes
                ? memoryBytes + " under the memory limit of the control group (" + fileSystemBytes
                        + " in the file system)"
                : fileSystemBytes + " in the file system";
    }
}
