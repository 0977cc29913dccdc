package io.muster.ipc.wait;

import io.muster.ipc.memory.Memory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** What the other JVM does in tests of waiting: {@code ROLE FILE}, over the places named here. */
final class WaitChild {
    /** The child has reached the point that the test is about. */
    static final long READY = TestPlace.OTHERS;

    static final long GO = TestPlace.OTHERS + 64;
    static final long PINGS = TestPlace.OTHERS + 128;
    static final long PONGS = TestPlace.OTHERS + 192;
    static final long TAKEN = TestPlace.OTHERS + 256;

    private WaitChild() {}

    static Memory map(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            return Memory.wrap(channel.map(FileChannel.MapMode.READ_WRITE, 0, TestPlace.BYTES));
        }
    }

    static Process start(String role, Path file, boolean portable) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.add("-D" + Parking.PORTABLE_PROPERTY + "=" + portable);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(WaitChild.class.getName());
        command.add(role);
        command.add(file.toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[1]);
        endWithParent();
        Memory memory = map(file);
        TestPlace place = new TestPlace(memory, new WatchedParking(Parking.configured(), true));
        switch (args[0]) {
            case "pong":
                pong(place);
                break;
            case "publish-and-stall":
                memory.putIntVolatile(READY, 1);
                Eventually.until("go", () -> memory.getIntVolatile(GO) != 0);
                place.addItems(1);
                memory.putIntVolatile(READY, 2);
                stall();
                break;
            case "take":
                take(place);
                break;
            default:
                throw new IllegalArgumentException(args[0] + " " + Files.size(file));
        }
    }

    private static void pong(TestPlace place) throws InterruptedException {
        Waiter waiter =
                Waiter.builder().strategy(WaitStrategy.configured()).cpus(2).build();
        place.memory.putIntVolatile(READY, 1);
        int rounds = place.memory.getIntVolatile(GO);
        for (int i = 1; i <= rounds; i++) {
            int round = i;
            waiter.await(
                    place.word.forOneWaiter(),
                    () -> place.memory.getIntVolatile(PINGS) == round,
                    Deadline.afterNanos(30_000_000_000L));
            place.memory.putIntVolatile(PONGS, round);
            waiter.noteWoke(place.second.wakeAfterCas(1));
        }
    }

    private static void take(TestPlace place) throws InterruptedException {
        Waiter waiter = Waiter.builder().strategy(WaitStrategy.BLOCKING).build();
        place.memory.getAndAddInt(READY, 1);
        while (place.memory.getIntVolatile(GO) == 0) {
            if (waiter.await(place.word, place::takeItem, place::hasItems, Deadline.never())) {
                place.memory.getAndAddInt(TAKEN, 1);
            }
        }
    }

    private static void stall() throws InterruptedException {
        while (true) {
            Thread.sleep(Long.MAX_VALUE); // until it is killed
        }
    }

    private static void endWithParent() {
        ProcessHandle.current()
                .parent()
                .ifPresent(parent ->
                        parent.onExit().thenRun(() -> Runtime.getRuntime().halt(3)));
    }
}
