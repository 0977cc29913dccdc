package io.muster.ipc.journal;

import java.nio.file.Path;

/**
 * Refuses appends before the disk is full: a page of a mapped file that cannot be allocated would end the JVM. Looks once for
 * each piece of the reserve that was written, as a look takes microseconds. For one thread at a time.
 */
final class DiskRoom {
    static final long RESERVE = 32L << 20;
    private static final long LOOK_EVERY_BYTES = 1 << 20;
    private static final long LOOK_EVERY_NANOS = 100_000_000;

    private final Path directory;
    private long written = LOOK_EVERY_BYTES;
    private long lookedAt;

    DiskRoom(Path directory) {
        this.directory = directory;
    }

    /** @throws JournalException if less than the reserve would be left */
    void require(int bytes) {
        written += bytes;
        long now = System.nanoTime();
        if (written < LOOK_EVERY_BYTES && now - lookedAt < LOOK_EVERY_NANOS) {
            return;
        }
        long usable = directory.toFile().getUsableSpace();
        if (usable - bytes < RESERVE) {
            throw new JournalException(
                    "no room to append " + bytes + " bytes to the journal in " + directory + ": "
                            + usable + " bytes are free there, of which " + RESERVE
                            + " are kept. Nothing was appended. Make room, or delete what nobody needs: bin/muster journal trim");
        }
        written = 0;
        lookedAt = now;
    }
}
