package io.muster.ipc.channel;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;

/** Pipes keep what every connection promises: each kind, and rings of which most messages do not fit into one. */
class PipeContractTest {
    private static final int LEAST = Pipe.LEAST_CAPACITY;

    private static int[] limitsOf(int ring) {
        return IntStream.of(ring / 4 - 8, ring / 4, ring / 2, ring, 2 * ring).toArray();
    }

    private static ConnectionPair.Ends ends(Pipe.OneWay pipe) {
        return new ConnectionPair.Ends(pipe.writer(), pipe.reader());
    }

    @Nested
    class OneWay extends ConnectionContract {
        @Override
        public Ends open() {
            return ends(Pipe.oneWay());
        }

        @Override
        public boolean isDuplex() {
            return false;
        }

        @Override
        public int[] limits() {
            return limitsOf(Pipe.DEFAULT_CAPACITY);
        }
    }

    @Nested
    class OneWayWithTheSmallestRing extends ConnectionContract {
        @Override
        public Ends open() {
            return ends(Pipe.options().capacity(LEAST).makeOneWay());
        }

        @Override
        public boolean isDuplex() {
            return false;
        }

        @Override
        public int[] limits() {
            return limitsOf(LEAST);
        }
    }

    @Nested
    class Duplex extends ConnectionContract {
        @Override
        public Ends open() {
            Pipe.Duplex pipe = Pipe.options().capacity(64 * 1024).makeDuplex();
            return new Ends(pipe.first(), pipe.second());
        }

        @Override
        public boolean isDuplex() {
            return true;
        }

        @Override
        public int[] limits() {
            return limitsOf(64 * 1024);
        }
    }
}
