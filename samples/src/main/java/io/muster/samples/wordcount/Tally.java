package io.muster.samples.wordcount;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up what the workers found. For one thread. */
final class Tally {
    private final WordTable words = new WordTable();
    private final List<UnreadableFile> problems = new ArrayList<>();
    private final Map<Long, WorkerShare> shares = new TreeMap<>();
    private long files;
    private long textBytes;

    void add(Batch batch, BatchResult result) {
        long wordsBefore = words.total();
        words.addAll(result.packedWords());
        problems.addAll(result.problems());
        files += result.files();
        textBytes += result.textBytes();
        shares.computeIfAbsent(result.pid(), WorkerShare::new)
                .add(batch.diskBytes(), words.total() - wordsBefore, result);
    }

    void addEmptyFiles(long count) {
        files += count;
    }

    void addProblems(Collection<UnreadableFile> more) {
        problems.addAll(more);
    }

    WordTable words() {
        return words;
    }

    List<UnreadableFile> problems() {
        return problems;
    }

    Collection<WorkerShare> shares() {
        return shares.values();
    }

    long files() {
        return files;
    }

    long textBytes() {
        return textBytes;
    }

    /** What one worker did. */
    static final class WorkerShare {
        final long pid;
        long batches;
        long files;
        long diskBytes;
        long textBytes;
        long words;
        long busyNanos;

        WorkerShare(long pid) {
            this.pid = pid;
        }

        private void add(long batchDiskBytes, long batchWords, BatchResult result) {
            batches++;
            files += result.files();
            diskBytes += batchDiskBytes;
            textBytes += result.textBytes();
            words += batchWords;
            busyNanos += result.busyNanos();
        }
    }
}
