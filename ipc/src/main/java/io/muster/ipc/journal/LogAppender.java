package io.muster.ipc.journal;

import java.nio.file.Path;
import java.util.function.LongSupplier;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;

/** Writes entries at the end of a log, also behind what a killed writer has left there. For one thread at a time. */
final class LogAppender implements AutoCloseable {
    private final Path directory;
    private final LongSupplier clock;
    private final SingleChronicleQueue queue;
    private final WriteLock writeLock;
    /** Null after one has failed, or its file was deleted. */
    private ExcerptAppender appender;

    private long lastIndex;

    LogAppender(Path directory, LongSupplier clock, SingleChronicleQueue queue, WriteLock writeLock) {
        this.directory = directory;
        this.clock = clock;
        this.queue = queue;
        this.writeLock = writeLock;
        this.appender = newAppender();
    }

    /** Once this has returned, the entry is there for all; returns its index. */
    long write(long ready, byte[] payload, int length) {
        try (DocumentContext document = begin()) {
            boolean written = false;
            try {
                Bytes<?> bytes = document.wire().bytes();
                bytes.writeInt(EntryLayout.MAGIC);
                bytes.writeInt(length);
                bytes.writeLong(clock.getAsLong());
                bytes.writeLong(ready);
                bytes.write(payload, 0, length);
                written = true;
            } finally {
                if (!written) {
                    document.rollbackOnClose();
                }
            }
        }
        lastIndex = appender.lastIndexAppended();
        return lastIndex;
    }

    /** Leaves the file of the last entry that was written here, if that was before. */
    void letGoBefore(long index) {
        if (lastIndex < index) {
            close();
        }
    }

    /**
     * Nothing was appended if this fails.
     *
     * @throws JournalException if it does
     */
    private DocumentContext begin() {
        while (true) {
            try {
                if (appender == null) {
                    appender = newAppender();
                }
                return ChronicleCalls.patiently(directory, this::beginDocument);
            } catch (JournalException e) {
                throw e;
            } catch (Exception e) {
                if (!mend()) {
                    throw ChronicleCalls.damaged(directory, e);
                }
            }
        }
    }

    private DocumentContext beginDocument() {
        boolean keepsLock = true;
        try {
            DocumentContext document = appender.writingDocument();
            keepsLock = false;
            return document;
        } catch (RuntimeException | Error e) {
            keepsLock = false;
            throw e;
        } finally {
            if (keepsLock) { // Chronicle throws checked exceptions unsaid, and does not think of them itself.
                writeLock.release();
            }
        }
    }

    /**
     * Makes room behind a writer that died when it had begun a file, and says whether there was one. An appender
     * that has failed may write where nobody reads: it is given up in any case.
     */
    boolean mend() {
        close();
        boolean mended = putUnfinishedAside(directory, writeLock);
        queue.refreshDirectoryListing();
        return mended;
    }

    static boolean putUnfinishedAside(Path directory, WriteLock writeLock) {
        long start = System.nanoTime();
        LockPauser pauser = new LockPauser(writeLock);
        while (!writeLock.tryTake()) {
            pauser.pause();
            ChronicleCalls.requirePatience(directory, start, new IllegalStateException("waited for its lock"));
        }
        try {
            return LogFiles.putUnfinishedAside(directory);
        } finally {
            writeLock.release();
        }
    }

    private ExcerptAppender newAppender() {
        ExcerptAppender made = ChronicleCalls.patiently(directory, queue::createAppender);
        made.singleThreadedCheckDisabled(true);
        return made;
    }

    @Override
    public void close() {
        if (appender != null) {
            appender.close();
            appender = null;
        }
    }
}
