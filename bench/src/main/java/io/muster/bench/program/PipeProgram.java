package io.muster.bench.program;

import io.muster.ChildProcess;
import io.muster.bench.harness.Group;
import io.muster.ipc.channel.Pipe;
import io.muster.ipc.channel.PipeConnection;
import io.muster.ipc.wait.WaitStrategy;
import java.io.EOFException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Messages through a pipe to a child. Arguments: round trips without gaps, or 0; with; the processor to move the child to, or
 * -1; rounds of messages one way, or 0; messages of a round.
 */
public final class PipeProgram {
    /** The same pipe, received where the messages lie: as Agrona's rings and Aeron do it. */
    private static final String HANDLER = "Muster, to a handler";

    /** The same pipe, whose ends never sleep: as those of the rings never do. */
    private static final String BUSY = "Muster, spinning";

    private static final int BYTES = 64;
    private static final int AT_ONCE = 256;
    private static final int BLOCKS = 10;
    private static final long GAP_NANOS = 1_000_000;
    private static final Duration LONG = Duration.ofHours(1);

    private static long sum;

    private final byte[] message = new byte[BYTES];
    private final ByteBuffer into = ByteBuffer.allocate(BYTES);
    private final int otherCpu;

    private PipeProgram(int otherCpu) {
        this.otherCpu = otherCpu;
    }

    public static void main(String[] args) throws Exception {
        Lifeline.hold();
        int trips = Integer.parseInt(args[0]);
        int gapped = Integer.parseInt(args[1]);
        int rounds = Integer.parseInt(args[3]);
        int items = Integer.parseInt(args[4]);
        PipeProgram program = new PipeProgram(Integer.parseInt(args[2]));
        if (trips > 0) {
            program.awake(trips);
        }
        program.asleep(gapped);
        if (rounds > 0) {
            program.oneWay(rounds, items);
        }
    }

    private void awake(int trips) throws Exception {
        Figures figures = new Figures(Group.MUSTER);
        figures.print("awake", byteTrips(Pipe.options(), trips, 0));
        new Figures(BUSY).print("awake", byteTrips(spinning(), trips, 0));
        Timed objects = withChild(
                Pipe.options(),
                PipeProgram::echoObjects,
                pipe -> Timed.trips(trips, 0, () -> {
                    pipe.send(Parcel.EXAMPLE);
                    pipe.recv();
                }));
        figures.print("awake-object", objects);
        figures.print("allocated", allocated(Math.max(1, trips / BLOCKS)));
    }

    private void asleep(int trips) throws Exception {
        new Figures(Group.MUSTER).print("asleep", byteTrips(Pipe.options(), trips, GAP_NANOS));
    }

    private static Pipe spinning() {
        return Pipe.options().receiversWait(WaitStrategy.BUSY_SPIN).sendersWait(WaitStrategy.BUSY_SPIN);
    }

    private Timed byteTrips(Pipe options, int trips, long gapNanos) throws Exception {
        return withChild(options, PipeProgram::echoBytes, pipe -> Timed.trips(trips, gapNanos, () -> byteTrip(pipe)));
    }

    private void byteTrip(PipeConnection pipe) throws Exception {
        pipe.sendBytes(message);
        into.clear();
        pipe.recvInto(into);
    }

    /** Bytes of each trip, in some blocks of them: the compilers' last work falls into one or two, the median tells. */
    private long[] allocated(int trips) throws Exception {
        return withChild(Pipe.options(), PipeProgram::echoBytes, pipe -> {
            long[] bytes = new long[BLOCKS];
            for (int i = 0; i < BLOCKS; i++) {
                long before = Figures.bytesOfThisThread();
                for (int j = 0; j < trips; j++) {
                    byteTrip(pipe);
                }
                bytes[i] = Math.round((double) (Figures.bytesOfThisThread() - before) / trips);
            }
            return bytes;
        });
    }

    private void oneWay(int rounds, int items) throws Exception {
        Figures figures = new Figures(Group.MUSTER);
        End bytes = pipe -> pipe.sendBytes(message);
        figures.printPerItem("one-way", items, flow(rounds, items, bytes, PipeProgram::receiveBytes));
        new Figures(HANDLER).printPerItem("one-way", items, flow(rounds, items, bytes, PipeProgram::handleBytes));
        End objects = pipe -> pipe.send(Parcel.EXAMPLE);
        figures.printPerItem("one-way-objects", items, flow(rounds, items, objects, PipeProgram::receiveObjects));
    }

    /** What is done at one end of a pipe. */
    private interface End {
        void use(PipeConnection pipe) throws Exception;
    }

    /** What a child does at the other end, once or until the pipe ends. */
    private interface OtherEnd extends Serializable {
        /** @param items of a round, if there are rounds */
        void use(PipeConnection pipe, int items) throws Exception;
    }

    private interface Measurement<R> {
        R at(PipeConnection pipe) throws Exception;
    }

    private Timed flow(int rounds, int items, End sender, OtherEnd receiver) throws Exception {
        return withChild(
                Pipe.options(),
                (pipe, none) -> receiveRounds(pipe, items, receiver),
                pipe -> Timed.rounds(rounds, () -> {
                    for (int i = 0; i < items; i++) {
                        sender.use(pipe);
                    }
                    into.clear();
                    pipe.recvInto(into);
                }));
    }

    /** The child ends with the pipe. */
    private <R> R withChild(Pipe options, OtherEnd other, Measurement<R> measurement) throws Exception {
        try (Pipe.Duplex pipe = options.makeDuplex()) {
            PipeConnection there = pipe.second();
            ChildProcess child = ChildProcess.start(() -> untilEnd(there, other));
            there.close();
            Pinning.move(child.pid(), otherCpu);
            R result = measurement.at(pipe.first());
            pipe.first().close();
            child.join();
            return result;
        }
    }

    private static void untilEnd(PipeConnection pipe, OtherEnd end) throws Exception {
        try (pipe) {
            end.use(pipe, 0);
        } catch (EOFException e) {
            // All is measured.
        }
    }

    private static void echoBytes(PipeConnection pipe, int none) throws Exception {
        byte[] bytes = new byte[BYTES];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (true) {
            buffer.clear();
            pipe.recvInto(buffer);
            pipe.sendBytes(bytes);
        }
    }

    private static void echoObjects(PipeConnection pipe, int none) throws Exception {
        while (true) {
            pipe.send(pipe.recv());
        }
    }

    private static void receiveRounds(PipeConnection pipe, int items, OtherEnd receiver) throws Exception {
        byte[] done = new byte[BYTES];
        while (true) {
            receiver.use(pipe, items);
            pipe.sendBytes(done);
        }
    }

    private static void receiveBytes(PipeConnection pipe, int items) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES);
        for (int i = 0; i < items; i++) {
            buffer.clear();
            pipe.recvInto(buffer);
            sum += buffer.getLong(0);
        }
    }

    private static void handleBytes(PipeConnection pipe, int items) throws Exception {
        for (int left = items; left > 0; ) {
            int handled = pipe.poll(message -> sum += message.getLong(message.position()), AT_ONCE);
            left -= handled;
            if (handled == 0) {
                pipe.poll(LONG);
            }
        }
    }

    private static void receiveObjects(PipeConnection pipe, int items) throws Exception {
        for (int i = 0; i < items; i++) {
            sum += ((Parcel) pipe.recv()).weight();
        }
    }
}
