package io.muster.samples.producerconsumer;

import io.muster.ChildProcess;
import io.muster.ipc.channel.SharedQueue;
import io.muster.ipc.data.SharedIntArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Two processes produce, two consume, and a queue of sixteen places lies between them: who is faster waits for the others.
 * Each producer ends with a word that ends one consumer. The last such word is behind every item, so nothing is left.
 */
public final class ProducerConsumer {
    private static final int PAIRS = 2;
    private static final int ITEMS_EACH = 10_000;
    private static final int PLACES = 16;
    private static final int END = -1;

    private ProducerConsumer() {}

    /**
     * Runs the sample.
     *
     * @param args none
     * @throws InterruptedException if this thread is interrupted; the children have ended then
     */
    public static void main(String[] args) throws InterruptedException {
        List<ChildProcess> children = new ArrayList<>();
        try (SharedQueue<Integer> queue = SharedQueue.create(PLACES);
                SharedIntArray taken = SharedIntArray.create(PAIRS * ITEMS_EACH)) {
            try {
                for (int i = 0; i < PAIRS; i++) {
                    int number = i;
                    children.add(ChildProcess.named("consumer-" + (i + 1))
                            .heap("32m")
                            .start(() -> consume(queue, taken)));
                    children.add(ChildProcess.named("producer-" + (i + 1))
                            .heap("32m")
                            .start(() -> produce(queue, number)));
                }
                for (ChildProcess child : children) {
                    child.join();
                }
            } finally {
                children.forEach(ChildProcess::terminate); // Does nothing to those that have ended.
            }
            report(queue, taken, children);
        }
    }

    /** Runs in a child. */
    private static void produce(SharedQueue<Integer> queue, int producer) throws InterruptedException {
        for (int i = 0; i < ITEMS_EACH; i++) {
            queue.put(producer * ITEMS_EACH + i);
        }
        queue.put(END);
        System.out.println(ChildProcess.current().name() + " has put " + ITEMS_EACH + " items");
    }

    /** Runs in a child. */
    private static void consume(SharedQueue<Integer> queue, SharedIntArray taken) throws InterruptedException {
        int[] last = new int[PAIRS];
        Arrays.fill(last, -1);
        int items = 0;
        for (int item; (item = queue.take()) != END; items++) {
            int producer = item / ITEMS_EACH;
            if (item <= last[producer]) {
                throw new IllegalStateException(item + " came after " + last[producer] + " of the same producer");
            }
            last[producer] = item;
            taken.getAndAdd(item, 1);
        }
        System.out.println(ChildProcess.current().name() + " has taken " + items);
    }

    private static void report(SharedQueue<Integer> queue, SharedIntArray taken, List<ChildProcess> children) {
        long once = taken.stream().filter(times -> times == 1).count();
        System.out.println(once + " of " + taken.length() + " items were taken once, each producer's in its order; "
                + queue.size() + " are left");
        boolean allWell = children.stream()
                .allMatch(child -> child.exitStatus().orElseThrow().isSuccess());
        if (once != taken.length() || !queue.isEmpty() || !allWell) {
            System.exit(1);
        }
    }
}
