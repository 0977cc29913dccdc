package io.muster.ipc.channel;

import java.util.ArrayList;
import java.util.List;

/** Encoded items that are put one after the other, as many at once as there is room for. For one thread. */
final class QueueBatch {
    private final List<byte[]> items = new ArrayList<>();
    private final List<Long> priorities = new ArrayList<>();
    private int done;

    void add(byte[] encoded, long priority) {
        items.add(encoded);
        priorities.add(priority);
    }

    int done() {
        return done;
    }

    boolean isDone() {
        return done == items.size();
    }

    int longest() {
        return items.stream().mapToInt(encoded -> encoded.length).max().orElse(0);
    }

    /** Puts the next one into the scratch. */
    void next(QueueScratch s) {
        s.setEncoded(items.get(done), priorities.get(done));
    }

    void noteDone() {
        done++;
    }
}
