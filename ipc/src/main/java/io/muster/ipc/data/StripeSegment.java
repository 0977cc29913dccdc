package io.muster.ipc.data;

import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.Segment;

/**
 * One file of a stripe, mapped: it stays so while somebody in this process refers to it.
 *
 * @param file its number
 * @param memory what it holds, as this process sees it
 */
record StripeSegment(int file, Segment segment, Memory memory) {}
