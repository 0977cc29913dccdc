package io.muster.samples.wordcount;

import io.muster.FileSplit;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The part that runs in the workers. */
final class BatchCounter {
    private static final int GZIP_BUFFER_BYTES = 64 * 1024;

    private BatchCounter() {}

    /** Counts the words of a batch. A file that cannot be read is a line in the result, not an exception. */
    static BatchResult count(Batch batch) {
        long begin = System.nanoTime();
        WordTable words = new WordTable();
        WordScanner scanner = new WordScanner(words);
        List<UnreadableFile> problems = new ArrayList<>();
        int files = 0;
        for (FileSplit piece : batch.pieces()) {
            try (InputStream in = open(piece)) {
                files += piece.offset() == 0 ? 1 : 0;
                scanner.scan(in);
            } catch (IOException e) {
                problems.add(UnreadableFile.of(piece.file(), e));
            }
        }
        return new BatchResult(
                ProcessHandle.current().pid(),
                files,
                scanner.bytesRead(),
                System.nanoTime() - begin,
                words.toBytes(),
                problems);
    }

    /** Opens a piece, unpacked if its file is named as gzip files are and begins as they do. */
    private static InputStream open(FileSplit piece) throws IOException {
        InputStream raw = piece.open();
        if (piece.offset() != 0 || !piece.file().toString().endsWith(".gz")) {
            return raw;
        }
        try {
            BufferedInputStream in = new BufferedInputStream(raw, GZIP_BUFFER_BYTES);
            in.mark(2);
            boolean packed = in.read() == 0x1f && in.read() == 0x8b;
            in.reset();
            return packed ? new GZIPInputStream(in, GZIP_BUFFER_BYTES) : in;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }
}
