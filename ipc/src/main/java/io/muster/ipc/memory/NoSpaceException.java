package io.muster.ipc.memory;

import java.nio.file.Path;

/** There is no room for a new shared memory file; nothing was left behind. */
public final class NoSpaceException extends SegmentException {
    private static final long serialVersionUID = 1L;

    private final transient Path directory;
    private final long askedBytes;
    private final long freeBytes;

    NoSpaceException(String message, Path directory, long askedBytes, long freeBytes, Throwable cause) {
        super(message, cause);
        this.directory = directory;
        this.askedBytes = askedBytes;
        this.freeBytes = freeBytes;
    }

    static NoSpaceException in(Path directory, long askedBytes, FreeSpace free, Throwable cause) {
        String message = "no room for a shared memory file in " + directory + ": asked for " + askedBytes
                + " bytes, free are " + free + "; nothing was left behind. Try a larger file system there (in a"
                + " container: --shm-size), another place (-Dmuster.dir=DIR), or less shared data.";
        return new NoSpaceException(message, directory, askedBytes, free.bytes(), cause);
    }

    /**
     * For whoever writes a file of its own beside segments.
     *
     * @param file what was being written; it is up to the caller to remove it
     * @param cause what the write threw
     */
    public static NoSpaceException whileWriting(Path file, long askedBytes, Throwable cause) {
        Path directory = file.toAbsolutePath().getParent();
        return in(directory, askedBytes, FreeSpace.in(directory), cause);
    }

    /** Where it was to be made; null after this exception has travelled to another process. */
    public Path directory() {
        return directory;
    }

    public long askedBytes() {
        return askedBytes;
    }

    /** What was free when it failed, in the file system or under the memory limit, whichever is less. */
    public long freeBytes() {
        return freeBytes;
    }
}
