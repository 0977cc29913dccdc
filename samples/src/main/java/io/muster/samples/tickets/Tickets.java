package io.muster.samples.tickets;

import io.muster.ChildProcess;
import io.muster.ipc.sync.SharedLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Five buyers, each a process of its own, and three tickets, whose number stands in a file. Each looks, pays, and writes one
 * less. Without a lock all five look before the first one has paid; with it exactly three get a ticket.
 */
public final class Tickets {
    private static final int BUYERS = 5;
    private static final int TICKETS = 3;
    private static final int NO_TICKET = 1;
    private static final int PAYING_MILLIS = 50;
    /** Without a lock: until everybody has looked. */
    private static final int CROWD_SECONDS = 20;

    private Tickets() {}

    /**
     * Runs the sample.
     *
     * @param args none
     * @throws IOException if the temporary files cannot be written
     * @throws InterruptedException if this thread is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path office = Files.createTempDirectory("tickets");
        try (SharedLock lock = SharedLock.create()) {
            long oversold = sell(office, null);
            System.out.println("without the lock: " + oversold + " of " + TICKETS + " tickets sold");
            long sold = sell(office, lock);
            System.out.println("with the lock: " + sold + " of " + TICKETS + " tickets sold");
            if (oversold <= TICKETS || sold != TICKETS) {
                System.exit(1);
            }
        } finally {
            delete(office);
        }
    }

    /** How many buyers went home with a ticket. */
    private static long sell(Path office, SharedLock lock) throws IOException, InterruptedException {
        delete(office);
        Files.createDirectories(office);
        Files.writeString(counter(office), Integer.toString(TICKETS));
        String directory = office.toString();
        List<ChildProcess> buyers = new ArrayList<>();
        for (int i = 1; i <= BUYERS; i++) {
            int number = i;
            buyers.add(ChildProcess.named("buyer-" + i).heap("32m").start(() -> buy(Path.of(directory), number, lock)));
        }
        long sold = 0;
        for (ChildProcess buyer : buyers) {
            buyer.join();
            sold += buyer.exitStatus().orElseThrow().isSuccess() ? 1 : 0;
        }
        return sold;
    }

    /** Runs in a child; its exit status says whether it got a ticket. */
    private static void buy(Path office, int number, SharedLock lock) throws IOException, InterruptedException {
        boolean bought;
        if (lock == null) {
            bought = lookPayAndTake(office, number, true);
        } else {
            lock.lock();
            try {
                bought = lookPayAndTake(office, number, false);
            } finally {
                lock.unlock();
            }
        }
        if (!bought) {
            System.exit(NO_TICKET);
        }
    }

    private static boolean lookPayAndTake(Path office, int number, boolean inACrowd)
            throws IOException, InterruptedException {
        int left = Integer.parseInt(Files.readString(counter(office)));
        if (left == 0) {
            return false;
        }
        Files.createFile(office.resolve("looked-" + number));
        if (inACrowd) {
            awaitTheOthers(office); // Makes sure that what can go wrong does.
        }
        TimeUnit.MILLISECONDS.sleep(PAYING_MILLIS);
        Files.writeString(counter(office), Integer.toString(left - 1));
        return true;
    }

    private static void awaitTheOthers(Path office) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (list(office).size() < 1 + BUYERS
                && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(CROWD_SECONDS)) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private static Path counter(Path office) {
        return office.resolve("left");
    }

    private static List<Path> list(Path office) throws IOException {
        try (var files = Files.list(office)) {
            return files.toList();
        }
    }

    private static void delete(Path office) throws IOException {
        for (Path file : list(office)) {
            Files.delete(file);
        }
        Files.delete(office);
    }
}
