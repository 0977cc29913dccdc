package io.muster.bench.program;

import java.io.IOException;

/** Ends this JVM when the one that launched it has gone: our standard input ends then. */
final class Lifeline {
    private Lifeline() {}

    static void hold() {
        Thread watch = new Thread(
                () -> {
                    try {
                        System.in.transferTo(java.io.OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        // Ended as well.
                    }
                    System.exit(1); // in order: shared memory goes with us
                },
                "bench-lifeline");
        watch.setDaemon(true);
        watch.start();
    }
}
