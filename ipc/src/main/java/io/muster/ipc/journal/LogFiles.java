package io.muster.ipc.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The files of a log as a death or a disaster may have left them: damage is told before Chronicle comes upon it, and what a
 * killed writer had begun and not finished is put out of Chronicle's way, as it would let nobody append behind it.
 */
final class LogFiles {
    static final String TABLE = "metadata.cq4t";
    /** Chronicle's own name for files that it puts aside. */
    private static final String ASIDE = ".discard";

    /** Where Chronicle locks the table's file while it makes something in it. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final int LOOKS = 4;
    private static final long BETWEEN_LOOKS_NANOS = 10_000_000;

    private LogFiles() {}

    /**
     * Looks at all files.
     *
     * @return whether there are some of entries that are not finished; their maker may be alive
     * @throws JournalException if one is damaged, or no file, or closed to this user; says which, and what to do
     */
    static boolean check(Path directory) {
        Path table = directory.resolve(TABLE);
        if (Files.exists(table, LinkOption.NOFOLLOW_LINKS)
                && look(table, ChronicleFile.TABLE_TYPE) == ChronicleFile.State.UNFINISHED) {
            beginTableAgain(table);
        }
        boolean unfinished = false;
        for (Path file : entryFiles(directory)) {
            unfinished |= look(file, ChronicleFile.ENTRIES_TYPE) != ChronicleFile.State.READY;
        }
        return unfinished;
    }

    /** What one sees while others write may look like damage; damage stays. */
    private static ChronicleFile.State look(Path file, String type) {
        for (int looks = 1; ; looks++) {
            try {
                return ChronicleFile.read(file).check(type);
            } catch (JournalException e) {
                if (looks == LOOKS) {
                    throw e;
                }
                LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
            }
        }
    }

    /** Nothing is done if it has a maker who lives: he has the lock. */
    private static void beginTableAgain(Path table) {
        try (FileChannel channel = FileChannel.open(table, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false)) {
            if (lock != null
                    && ChronicleFile.read(table).check(ChronicleFile.TABLE_TYPE) == ChronicleFile.State.UNFINISHED) {
                channel.write(ByteBuffer.allocate(Integer.BYTES), 0);
            }
        } catch (OverlappingFileLockException e) {
            return; // The maker is in this process.
        } catch (IOException e) {
            throw ChronicleCalls.damaged(table, e);
        }
    }

    /** Renames files that are not finished, and says whether there were any. Under Chronicle's lock: then nobody makes one. */
    static boolean putUnfinishedAside(Path directory) {
        boolean any = false;
        for (Path file : entryFiles(directory)) {
            if (look(file, ChronicleFile.ENTRIES_TYPE) != ChronicleFile.State.READY) {
                try {
                    Files.move(file, Path.of(file + "-" + System.currentTimeMillis() + ASIDE));
                    any = true;
                } catch (IOException e) {
                    throw ChronicleCalls.damaged(file, e);
                }
            }
        }
        return any;
    }

    private static List<Path> entryFiles(Path directory) {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ChronicleLog.FILE_END)) {
            files.forEach(all::add);
        } catch (IOException e) {
            throw ChronicleCalls.damaged(directory, e);
        }
        return all;
    }
}
