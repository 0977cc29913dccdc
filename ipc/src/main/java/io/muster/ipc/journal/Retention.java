package io.muster.ipc.journal;

import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.sync.SharedLock;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Deletes files of a log that nobody needs. The newest file always stays.
 *
 * <p>One process at a time; a death in the middle leaves fewer files, and the next goes on. Thread-safe.
 */
final class Retention {
    private final JournalHome home;
    private final ChronicleLog log;
    private final SharedLock lock;
    private final LongSupplier firstNeeded;
    private volatile int knownCycle = -1;

    /** @param firstNeeded index of the oldest entry that somebody needs; {@code Long.MAX_VALUE}: none */
    Retention(JournalHome home, ChronicleLog log, LongSupplier firstNeeded) {
        this.home = home;
        this.log = log;
        this.firstNeeded = firstNeeded;
        this.lock = home.place().getLock("retention");
    }

    /**
     * Looks for files to delete if the log has come to a new one since the last look. The entry is there: what goes wrong here is
     * no failure of the caller's. It is tried again with the next file, and told by {@link #run}.
     */
    void sawEntry(long index) {
        int cycle = log.cycleOf(index);
        if (cycle > knownCycle) {
            boolean first = knownCycle < 0;
            knownCycle = cycle;
            if (!first) {
                try {
                    run(false);
                } catch (JournalException | ClosedObjectException e) {
                    return;
                }
            }
        }
    }

    /**
     * Deletes what may go.
     *
     * @param force also what somebody needs
     * @return bytes
     */
    long run(boolean force) {
        JournalSettings settings = home.settings();
        return run(settings.retain() == null ? -1 : Checks.millis(settings.retain()), settings.retainBytes(), force);
    }

    /**
     * The same by other rules.
     *
     * @param retainMillis -1: no rule
     * @param retainBytes 0: no rule
     */
    long run(long retainMillis, long retainBytes, boolean force) {
        boolean rules = retainMillis >= 0 || retainBytes > 0;
        if (!rules && home.settings().kind() == JournalKind.TOPIC) {
            return 0;
        }
        if (!lock.tryLock()) {
            return 0; // Somebody is at it.
        }
        try {
            long needed = force ? Long.MAX_VALUE : firstNeeded.getAsLong();
            List<ChronicleLog.RollFile> files = log.files();
            long total = files.stream().mapToLong(ChronicleLog.RollFile::bytes).sum();
            long deleted = 0;
            for (ChronicleLog.RollFile file : files.subList(0, Math.max(0, files.size() - 1))) {
                boolean old = retainMillis >= 0 && file.endMillis() <= home.now() - retainMillis;
                boolean tooMuch = retainBytes > 0 && total - deleted > retainBytes;
                boolean free = needed == Long.MAX_VALUE || file.cycle() < log.cycleOf(needed);
                if (!free || rules && !old && !tooMuch) {
                    break;
                }
                Files.deleteIfExists(file.path());
                deleted += file.bytes();
            }
            if (deleted > 0) {
                log.forgetDeleted();
            }
            return deleted;
        } catch (IOException e) {
            throw new JournalException(
                    "a file of the journal in " + log.directory() + " could not be deleted: " + e, e);
        } finally {
            lock.unlock();
        }
    }
}
