package io.muster.internal.pool;

import io.muster.child.task.BlobReader;
import io.muster.child.task.PoolFiles;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** For each worker's present life, the reader of the large results that it writes. Thread-safe. */
final class BlobReaders {
    private final PoolFiles files;
    private final AtomicReferenceArray<BlobReader> readers;

    BlobReaders(PoolFiles files, int workers) {
        this.files = files;
        this.readers = new AtomicReferenceArray<>(workers);
    }

    void open(int worker, int epoch) {
        readers.set(worker, new BlobReader(files.results(worker, epoch)));
    }

    /** Copies a result in and gives its memory back to the worker. */
    byte[] read(int worker, long reference, int length) {
        BlobReader reader = readers.get(worker);
        byte[] bytes = reader.read(reference, length);
        reader.release(reference);
        return bytes;
    }

    /** The worker has ended and its last outcome was read. */
    void remove(int worker) {
        BlobReader reader = readers.getAndSet(worker, null);
        if (reader != null) {
            reader.removeFiles();
        }
    }
}
