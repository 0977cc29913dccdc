package io.muster.samples.wordcount;

import io.muster.FileSplit;
import java.io.Serializable;
import java.util.List;

/**
 * The work of one task: pieces of files, as many as make a task worth its way.
 *
 * @param pieces what to count
 * @param diskBytes how long the pieces are together, as they lie on the disk
 */
record Batch(List<FileSplit> pieces, long diskBytes) implements Serializable {}
