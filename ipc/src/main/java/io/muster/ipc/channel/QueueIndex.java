package io.muster.ipc.channel;

/** The READY cells of a queue in their order. For the holder of the queue's locks; it can be rebuilt at any time. */
interface QueueIndex {
    /** The cell that comes first; there is one. */
    int first();

    /** The cell that comes last; there is one. */
    int last();

    /** One that comes behind all that have its priority. */
    void append(int cell);

    /** One that comes where its order says. */
    void insert(int cell);

    void remove(int cell);

    /** All of them, in their order. */
    int[] sorted();

    /** Replaces all by these, which are in their order. */
    void rebuild(int[] sorted);
}
