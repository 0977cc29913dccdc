package io.muster.internal.pool;

import io.muster.child.task.BlobReader;
import io.muster.child.task.PoolFiles;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * For each worker's present life, the reader of the large results that it writes. Thread-safe.
 *
 * <p>A life is kept for as long as somebody reads from it: results outlive the worker that wrote them, and its successor
 * has files of its own.
 */
final class BlobReaders {
    private final PoolFiles files;
    private final AtomicReferenceArray<Life> lives;

    BlobReaders(PoolFiles files, int workers) {
        this.files = files;
        this.lives = new AtomicReferenceArray<>(workers);
    }

    void open(int worker, int epoch) {
        lives.set(worker, new Life(new BlobReader(files.results(worker, epoch))));
    }

    /** For reading one result, to be given back. Not after {@link #remove}: the caller's lock sees to that. */
    Life retain(int worker) {
        Life life = lives.get(worker);
        life.users.incrementAndGet();
        return life;
    }

    /** The worker has ended and each of its outcomes was taken out, though perhaps not read yet. */
    void remove(int worker) {
        Life life = lives.getAndSet(worker, null);
        if (life != null) {
            life.giveBack();
        }
    }

    /** What one worker wrote in one life. */
    static final class Life {
        private final BlobReader reader;
        /** The worker itself is one. */
        private final AtomicInteger users = new AtomicInteger(1);

        private Life(BlobReader reader) {
            this.reader = reader;
        }

        /** Copies a result in and gives its memory back to the worker. */
        byte[] read(long reference, int length) {
            byte[] bytes = reader.read(reference, length);
            reader.release(reference);
            return bytes;
        }

        void giveBack() {
            if (users.decrementAndGet() == 0) {
                reader.removeFiles();
            }
        }
    }
}
