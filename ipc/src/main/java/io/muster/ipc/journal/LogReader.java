package io.muster.ipc.journal;

import io.muster.ipc.memory.ClosedObjectException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.TailerDirection;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * A place in a log from which entries are read one after the other. Any thread may call, one at a time gets on.
 *
 * <p>A file deleted under a reader: it goes on with the oldest that is left.
 */
final class LogReader implements AutoCloseable {
    private final ChronicleLog log;
    private final ExcerptTailer tailer;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    LogReader(ChronicleLog log, ExcerptTailer tailer) {
        this.log = log;
        this.tailer = tailer;
        tailer.singleThreadedCheckDisabled(true);
    }

    private <T> T read(Supplier<T> call) {
        lock.lock();
        try {
            if (closed) {
                throw new ClosedObjectException("the reader of " + log.directory() + " was closed in this process");
            }
            return ChronicleCalls.onFiles(log.directory(), call);
        } finally {
            lock.unlock();
        }
    }

    void toStart() {
        read(tailer::toStart);
    }

    /** To the entry itself, which comes next; false if it is not there, then nothing is said of what comes next. */
    boolean seek(long index) {
        return read(() -> tailer.moveToIndex(index));
    }

    /** To that entry, which comes next; if it is gone, to what stands in its file now, or behind it. */
    void goTo(long index) {
        read(() -> tailer.moveToIndex(index) || goToFile(index));
    }

    /** Behind that entry; if it is gone, to what stands in its file now, or behind it. -1: to the start. */
    void behind(long index) {
        read(() -> {
            if (index < 0) {
                tailer.toStart();
            } else if (tailer.moveToIndex(index)) {
                try (DocumentContext document = tailer.readingDocument()) {
                    return document.isPresent();
                }
            } else {
                return goToFile(index);
            }
            return true;
        });
    }

    /** The files before it were read. */
    private boolean goToFile(long index) {
        long first = log.firstIndexFrom(log.cycleOf(index));
        if (first < 0) {
            tailer.toEnd();
            return false;
        }
        return tailer.moveToIndex(first);
    }

    boolean hasNext() {
        return read(this::present);
    }

    private boolean present() {
        try (DocumentContext document = tailer.readingDocument()) {
            boolean there = document.isPresent();
            document.rollbackOnClose();
            return there;
        }
    }

    /** The next entry, or null if there is none yet. */
    Entry next() {
        return read(() -> {
            try (DocumentContext document = tailer.readingDocument()) {
                return document.isPresent() ? decode(document) : null;
            }
        });
    }

    private Entry decode(DocumentContext document) {
        long index = document.index();
        Bytes<?> bytes = document.wire().bytes();
        if (bytes.readRemaining() < EntryLayout.HEADER) {
            throw foreign(index, bytes.readRemaining() + " bytes");
        }
        int magic = bytes.readInt();
        int length = bytes.readInt();
        if (magic != EntryLayout.MAGIC || length < 0 || length > bytes.readRemaining()) {
            throw foreign(index, "0x" + Integer.toHexString(magic) + " and a length of " + length);
        }
        long time = bytes.readLong();
        long ready = bytes.readLong();
        byte[] payload = new byte[length];
        bytes.read(payload);
        return new Entry(index, time, ready, payload);
    }

    private JournalException foreign(long index, String found) {
        return new JournalException("entry 0x" + Long.toHexString(index) + " in " + log.directory()
                + " was not written by this version of Muster, or was overwritten: it begins with " + found
                + ". The entries behind it can be read.");
    }

    /** The index of the last entry, -1 if there is none; where the reader stands then is not said. */
    long lastIndex() {
        return fromEnd(1);
    }

    /** The index of the entry that so many are at the end with, at most; -1 if there is none. */
    long fromEnd(int entries) {
        log.mendEnd();
        return read(() -> {
            long index = -1;
            tailer.toEnd();
            tailer.direction(TailerDirection.BACKWARD);
            try {
                for (int i = 0; i < entries; i++) {
                    try (DocumentContext document = tailer.readingDocument()) {
                        if (!document.isPresent()) {
                            break;
                        }
                        index = document.index();
                    }
                }
            } finally {
                tailer.direction(TailerDirection.FORWARD);
            }
            return index;
        });
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                ChronicleCalls.inPeace(() -> {
                    tailer.close();
                    return null;
                });
            }
        } finally {
            lock.unlock();
        }
    }
}
