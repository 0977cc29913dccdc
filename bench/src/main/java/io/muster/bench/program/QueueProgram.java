package io.muster.bench.program;

import io.muster.ChildProcess;
import io.muster.bench.harness.Group;
import io.muster.ipc.channel.SharedQueue;
import io.muster.ipc.sync.SharedBarrier;
import java.util.ArrayList;
import java.util.List;

/**
 * A queue between this process and children; this one is the first producer. Arguments: round trips; rounds of items; items of
 * a round.
 */
public final class QueueProgram {
    private static final Parcel END = new Parcel(-1, 0, "");

    private static long sum;

    private final Figures figures = new Figures(Group.MUSTER);

    private QueueProgram() {}

    public static void main(String[] args) throws Exception {
        Lifeline.hold();
        int trips = Integer.parseInt(args[0]);
        int rounds = Integer.parseInt(args[1]);
        int items = Integer.parseInt(args[2]);
        QueueProgram program = new QueueProgram();
        program.roundTrips(trips);
        program.flow("1:1", 1, rounds, items);
        program.flow("2:2", 2, rounds, items);
    }

    private void roundTrips(int trips) throws Exception {
        try (SharedQueue<Parcel> there = SharedQueue.create();
                SharedQueue<Parcel> back = SharedQueue.create()) {
            ChildProcess child = ChildProcess.start(() -> echo(there, back));
            Timed timed = Timed.trips(trips, 0, () -> {
                there.put(Parcel.EXAMPLE);
                back.take();
            });
            there.put(END);
            child.join();
            figures.print("round-trip", timed);
        }
    }

    private static void echo(SharedQueue<Parcel> there, SharedQueue<Parcel> back) throws Exception {
        for (Parcel parcel; (parcel = there.take()).number() != END.number(); ) {
            back.put(parcel);
        }
    }

    /** As many producers as consumers, each a process; all begin and end a round together. */
    private void flow(String metric, int pairs, int rounds, int items) throws Exception {
        int share = items / pairs;
        int all = Timed.allRounds(rounds);
        try (SharedQueue<Parcel> queue = SharedQueue.create();
                SharedBarrier barrier = SharedBarrier.create(2 * pairs)) {
            List<ChildProcess> children = new ArrayList<>();
            for (int i = 0; i < pairs; i++) {
                children.add(ChildProcess.start(() -> take(queue, barrier, all, share)));
                if (i > 0) {
                    children.add(ChildProcess.start(() -> put(queue, barrier, all, share)));
                }
            }
            Timed timed = Timed.rounds(rounds, () -> putRound(queue, barrier, share));
            for (ChildProcess child : children) {
                child.join();
            }
            figures.printPerItem(metric, share * pairs, timed.costs());
            figures.printBytes(metric, timed.bytes() / share); // what a put costs; each does its share of them
        }
    }

    private static void put(SharedQueue<Parcel> queue, SharedBarrier barrier, int rounds, int items) throws Exception {
        for (int i = 0; i < rounds; i++) {
            putRound(queue, barrier, items);
        }
    }

    private static void putRound(SharedQueue<Parcel> queue, SharedBarrier barrier, int items) throws Exception {
        barrier.await();
        for (int i = 0; i < items; i++) {
            queue.put(Parcel.EXAMPLE);
        }
        barrier.await();
    }

    private static void take(SharedQueue<Parcel> queue, SharedBarrier barrier, int rounds, int items) throws Exception {
        for (int i = 0; i < rounds; i++) {
            barrier.await();
            for (int j = 0; j < items; j++) {
                sum += queue.take().weight();
            }
            barrier.await();
        }
    }
}
