/**
 * Counts words in files with all cores: a walk cuts a tree into batches, a pool of JVMs counts them, the parent adds up.
 *
 * <p>Start at {@link io.muster.samples.wordcount.WordCount}; what a word is stands in
 * {@link io.muster.samples.wordcount.WordScanner}.
 *
 * <p>Not here: cutting files ({@link io.muster.FileSplit}) and anything that knows of processes, the pool's business.
 */
package io.muster.samples.wordcount;
