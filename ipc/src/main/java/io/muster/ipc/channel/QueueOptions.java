package io.muster.ipc.channel;

/**
 * What a new queue is to be.
 *
 * @param capacity most items
 * @param mostBytes of their encodings together
 */
record QueueOptions(QueueStyle style, int capacity, long mostBytes) {}
