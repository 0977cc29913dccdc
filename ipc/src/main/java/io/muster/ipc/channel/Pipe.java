package io.muster.ipc.channel;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.wait.WaitStrategy;
import java.util.Objects;

/**
 * Makes pipes: two connected ends, in shared memory, for processes of one session. Python's {@code multiprocessing.Pipe}.
 *
 * <pre>{@code
 *     try (Pipe.OneWay pipe = Pipe.oneWay()) {
 *         PipeConnection writer = pipe.writer();
 *         ChildProcess.start(() -> { try (writer) { writer.send("hello"); } });
 *         writer.close();                                 // the child has its own
 *         System.out.println(pipe.reader().recv());       // hello; the next one would be an EOFException
 *     }
 * }</pre>
 *
 * <p>A pipe lives as long as anybody has one of its ends; what happens when one side is gone says {@link PipeConnection}.
 *
 * <p>Immutable; each setting returns another object.
 */
public final class Pipe {
    /** Bytes of the ring of each direction, unless something else is said. */
    public static final int DEFAULT_CAPACITY = 256 * 1024;

    /** The smallest ring. */
    public static final int LEAST_CAPACITY = 4 * 1024;

    /** The largest ring: 512 MB. */
    public static final int MOST_CAPACITY = PipeLayout.MOST_RING;

    private static final Pipe DEFAULT = new Pipe(DEFAULT_CAPACITY, null, null);

    private final int capacity;
    private final WaitStrategy receiversWait;
    private final WaitStrategy sendersWait;

    private Pipe(int capacity, WaitStrategy receiversWait, WaitStrategy sendersWait) {
        this.capacity = capacity;
        this.receiversWait = receiversWait;
        this.sendersWait = sendersWait;
    }

    /** A pipe of {@value #DEFAULT_CAPACITY} bytes whose writer sends and whose reader receives. */
    public static OneWay oneWay() {
        return DEFAULT.makeOneWay();
    }

    /** A pipe of {@value #DEFAULT_CAPACITY} bytes in each direction, both of whose ends send and receive. */
    public static Duplex duplex() {
        return DEFAULT.makeDuplex();
    }

    /** For pipes that differ from the default ones. */
    public static Pipe options() {
        return DEFAULT;
    }

    /**
     * With another capacity: messages longer than a quarter of it go through in pieces.
     *
     * @param bytes of each direction's ring, {@value #LEAST_CAPACITY} to 512 MB; the next power of two is taken
     */
    public Pipe capacity(int bytes) {
        if (bytes < LEAST_CAPACITY || bytes > MOST_CAPACITY) {
            throw new IllegalArgumentException(
                    "capacity(" + bytes + "): must be from " + LEAST_CAPACITY + " to " + MOST_CAPACITY + " bytes");
        }
        int power = Integer.highestOneBit(bytes);
        return new Pipe(power == bytes ? bytes : 2 * power, receiversWait, sendersWait);
    }

    /** How those wait who receive, in whatever process; without it as each process has configured. */
    public Pipe receiversWait(WaitStrategy strategy) {
        return new Pipe(capacity, Objects.requireNonNull(strategy, "strategy"), sendersWait);
    }

    /** How those wait who send when there is no room. */
    public Pipe sendersWait(WaitStrategy strategy) {
        return new Pipe(capacity, receiversWait, Objects.requireNonNull(strategy, "strategy"));
    }

    /**
     * A pipe whose writer sends and whose reader receives.
     *
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    public OneWay makeOneWay() {
        PipeCore core = direction();
        PipeEnd reader = new PipeEnd(core, null);
        return new OneWay(reader, new PipeEnd(null, core));
    }

    /**
     * A pipe both of whose ends send and receive.
     *
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it; nothing is left behind
     */
    public Duplex makeDuplex() {
        PipeCore there = direction();
        PipeCore back = null;
        try {
            back = direction();
        } finally {
            if (back == null) {
                there.retire();
            }
        }
        PipeEnd first = new PipeEnd(back, there);
        return new Duplex(first, new PipeEnd(there, back));
    }

    private PipeCore direction() {
        Participant participant = Participants.ofSession();
        int places = participant.place().capacity();
        Cell cell = participant.allocateAlone(
                "pipe", PipeLayout.KIND, PipeLayout.VERSION, PipeLayout.bodyBytes(places, capacity));
        PipeCore.format(cell, places, capacity, receiversWait, sendersWait);
        PipeCore core = new PipeCore(participant, cell);
        cell.publish();
        participant.add(cell, core);
        return core;
    }

    /**
     * The two ends of a pipe in one direction. Closing it closes what this process still has of both.
     *
     * @param reader receives
     * @param writer sends
     */
    public record OneWay(PipeConnection reader, PipeConnection writer) implements AutoCloseable {
        @Override
        public void close() {
            writer.close();
            reader.close();
        }
    }

    /**
     * The two ends of a pipe in both directions, which are alike. Closing it closes what this process still has of both.
     *
     * @param first what one side keeps
     * @param second what the other side gets
     */
    public record Duplex(PipeConnection first, PipeConnection second) implements AutoCloseable {
        @Override
        public void close() {
            first.close();
            second.close();
        }
    }
}
