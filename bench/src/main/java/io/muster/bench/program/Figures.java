package io.muster.bench.program;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Prints what the harness reads: {@code metric TAB contestant TAB costs}. */
final class Figures {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final String contestant;

    Figures(String contestant) {
        this.contestant = contestant;
    }

    /** Costs of single operations. */
    void print(String metric, long... costs) {
        StringBuilder line = begin(metric);
        for (long cost : costs) {
            line.append(cost).append(' ');
        }
        System.out.println(line);
    }

    /** Nanoseconds of rounds, to be divided by the items of each. */
    void printPerItem(String metric, int items, long... roundNanos) {
        StringBuilder line = begin(metric);
        for (long nanos : roundNanos) {
            line.append(String.format(Locale.ROOT, "%.3f ", (double) nanos / items));
        }
        System.out.println(line);
    }

    void printBytes(String metric, double bytesPerOperation) {
        System.out.println(begin(metric + ".bytes").append(bytesPerOperation));
    }

    private StringBuilder begin(String metric) {
        return new StringBuilder(metric).append('\t').append(contestant).append('\t');
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
