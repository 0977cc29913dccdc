package io.muster.samples.wordcount;

import java.io.Serializable;
import java.util.List;

/**
 * What a worker found in one {@link Batch}.
 *
 * @param pid of the worker
 * @param files how many files begin in this batch and could be read
 * @param textBytes bytes read, after unpacking
 * @param busyNanos how long the worker took
 * @param packedWords see {@link WordTable#toBytes}
 * @param problems files that could not be read, or not to their end
 */
record BatchResult(
        long pid, int files, long textBytes, long busyNanos, byte[] packedWords, List<UnreadableFile> problems)
        implements Serializable {}
