package io.muster.bench.program;

import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.SegmentKind;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.WaitStrategy;
import io.muster.ipc.wait.WaitWord;
import io.muster.ipc.wait.Waiter;
import java.util.function.BooleanSupplier;

/** One of two sides: waits until a number in shared memory changes, and answers by another. For one thread. */
final class PingPong implements BooleanSupplier {
    static final int KIND = SegmentKind.of("PING");
    static final int VERSION = 1;
    /** What the first side sends to end the second. */
    static final int END = -1;

    private static final long LINE = 128;
    /** Word and number of each side in a line of their own. */
    static final long BYTES = 2 * LINE;

    private static final long NUMBER = 64;

    private final Memory memory;
    private final Waiter waiter;
    private final WaitWord ours;
    private final WaitWord theirs;
    private final long ourNumber;
    private final long theirNumber;
    private int seen;

    /**
     * @param side 0 or 1
     * @param cpus that the two share; 0 if they may see for themselves
     */
    PingPong(Memory memory, int side, WaitStrategy strategy, int cpus) {
        this.memory = memory;
        long here = side * LINE;
        long there = LINE - here;
        ours = new WaitWord(memory, here).forOneWaiter();
        theirs = new WaitWord(memory, there).forOneWaiter();
        ourNumber = here + NUMBER;
        theirNumber = there + NUMBER;
        Waiter.Builder builder = Waiter.builder().strategy(strategy);
        waiter = cpus == 0 ? builder.build() : builder.cpus(cpus).build();
    }

    void send(int number) {
        memory.putIntVolatile(theirNumber, number);
        waiter.noteWoke(theirs.wakeAfterCas(1));
    }

    int receive() {
        waiter.awaitUninterruptibly(ours, this, Deadline.never());
        seen = memory.getIntVolatile(ourNumber);
        return seen;
    }

    @Override
    public boolean getAsBoolean() {
        return memory.getIntVolatile(ourNumber) != seen;
    }
}
