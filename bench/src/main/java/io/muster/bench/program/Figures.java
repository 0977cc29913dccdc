package io.muster.bench.program;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** Prints what the harness reads: {@code metric TAB contestant TAB costs}. */
final class Figures {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final String contestant;

    Figures(String contestant) {
        this.contestant = contestant;
    }

    /** Costs of single operations. */
    void print(String metric, long... costs) {
        print(metric, Arrays.stream(costs).asDoubleStream().toArray());
    }

    /** Costs with fractions. */
    void print(String metric, double... costs) {
        StringBuilder line =
                new StringBuilder(metric).append('\t').append(contestant).append('\t');
        for (double cost : costs) {
            line.append(Math.round(cost * 1000) / 1000.0).append(' ');
        }
        System.out.println(line);
    }

    /** Costs of single operations, and the bytes of each. */
    void print(String metric, Timed timed) {
        print(metric, timed.costs());
        printBytes(metric, timed.bytes());
    }

    /** The same of rounds of so many items. */
    void printPerItem(String metric, int items, Timed rounds) {
        printPerItem(metric, items, rounds.costs());
        printBytes(metric, rounds.bytes() / items);
    }

    /** Nanoseconds of rounds, to be divided by the items of each. */
    void printPerItem(String metric, int items, long... roundNanos) {
        print(
                metric,
                Arrays.stream(roundNanos)
                        .mapToDouble(nanos -> (double) nanos / items)
                        .toArray());
    }

    /** The harness takes the median of several. */
    void printBytes(String metric, double... bytesPerOperation) {
        print(metric + ".bytes", bytesPerOperation);
    }

    /** Bytes that the calling thread has allocated. */
    static long bytesOfThisThread() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /** Bytes that all living threads of this JVM have allocated. */
    static long allocatedBytes() {
        long sum = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }
}
