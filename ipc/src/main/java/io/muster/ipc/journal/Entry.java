package io.muster.ipc.journal;

/**
 * An entry as it was read.
 *
 * @param index where it is
 * @param timeMillis when it was appended
 * @param ready the header's READY
 * @param payload of its own
 */
record Entry(long index, long timeMillis, long ready, byte[] payload) {}
