package io.muster.ipc.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongSupplier;

/** Appends until it is killed, by a clock that runs fast, and writes down what was promised to it. */
final class RollWriterMain {
    /** A minute, and with it a file, takes 20 ms. */
    private static final int FASTER = 3_000;

    private RollWriterMain() {}

    static LongSupplier clock(long since) {
        return () -> since + (System.currentTimeMillis() - since) * FASTER;
    }

    static Topic<String> open(Path journal, long since) {
        return Topic.builder(journal, String.class)
                .roll(Roll.MINUTE)
                .clock(clock(since))
                .open();
    }

    public static void main(String[] args) throws Exception {
        Path log = Path.of(args[1]);
        String name = log.getFileName().toString();
        try (Topic<String> topic = open(Path.of(args[0]), Long.parseLong(args[2]))) {
            for (int i = 0; ; i++) {
                topic.append(name + " " + i);
                Files.writeString(log, name + " " + i + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        }
    }
}
