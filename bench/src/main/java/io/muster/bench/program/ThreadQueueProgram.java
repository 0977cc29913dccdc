package io.muster.bench.program;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CyclicBarrier;

/**
 * The JDK's queue between threads of one process, where nothing is encoded. Arguments: round trips; rounds of items; items of a
 * round.
 */
public final class ThreadQueueProgram {
    private static final String WHO = "ArrayBlockingQueue, threads";
    private static final int CAPACITY = 1024;

    private final Figures figures = new Figures(WHO);

    private ThreadQueueProgram() {}

    public static void main(String[] args) throws Exception {
        Lifeline.hold();
        int trips = Integer.parseInt(args[0]);
        int rounds = Integer.parseInt(args[1]);
        int items = Integer.parseInt(args[2]);
        ThreadQueueProgram program = new ThreadQueueProgram();
        program.roundTrips(trips);
        program.flow("1:1", 1, rounds, items);
        program.flow("2:2", 2, rounds, items);
    }

    private void roundTrips(int trips) throws Exception {
        BlockingQueue<Parcel> there = new ArrayBlockingQueue<>(CAPACITY);
        BlockingQueue<Parcel> back = new ArrayBlockingQueue<>(CAPACITY);
        start(() -> {
            while (true) {
                back.put(there.take());
            }
        });
        Timed timed = Timed.trips(trips, 0, () -> {
            there.put(Parcel.EXAMPLE);
            back.take();
        });
        figures.print("round-trip", timed);
    }

    /** As many producers as consumers; this thread only takes the time. */
    private void flow(String metric, int pairs, int rounds, int items) throws Exception {
        BlockingQueue<Parcel> queue = new ArrayBlockingQueue<>(CAPACITY);
        CyclicBarrier barrier = new CyclicBarrier(2 * pairs + 1);
        int share = items / pairs;
        for (int i = 0; i < pairs; i++) {
            start(() -> {
                while (true) {
                    barrier.await();
                    for (int j = 0; j < share; j++) {
                        queue.put(Parcel.EXAMPLE);
                    }
                    barrier.await();
                }
            });
            start(() -> {
                while (true) {
                    barrier.await();
                    for (int j = 0; j < share; j++) {
                        queue.take();
                    }
                    barrier.await();
                }
            });
        }
        Timed timed = Timed.rounds(rounds, () -> {
            barrier.await();
            barrier.await();
        });
        figures.printPerItem(metric, share * pairs, timed.costs());
    }

    /** Goes on until this JVM ends. */
    private static void start(Timed.Step step) {
        Thread thread = new Thread(() -> {
            try {
                step.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
