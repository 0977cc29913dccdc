package io.muster.samples.joinable;

import io.muster.ChildProcess;
import io.muster.ipc.channel.JoinableQueue;
import io.muster.ipc.data.SharedIntArray;
import io.muster.ipc.sync.SharedSignal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The parent hands out work and waits in {@code join} until all of it is done; the consumers are daemons, which know no end,
 * and end with it. One of them falls asleep over its work and is killed: what it had taken goes to another one, and only then
 * is {@code join} over.
 */
public final class Joinable {
    private static final int CONSUMERS = 2;
    private static final int ITEMS = 200;
    private static final int PLACES = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Joinable() {}

    /**
     * Runs the sample.
     *
     * @param args none
     * @throws InterruptedException if this thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        // Not closed: the consumers wait at it until this program ends.
        JoinableQueue<Integer> work = JoinableQueue.create(PLACES);
        try (SharedIntArray done = SharedIntArray.create(ITEMS);
                SharedSignal asleep = SharedSignal.create()) {
            ChildProcess sleeper =
                    ChildProcess.named("sleeper").daemon(true).heap("32m").start(() -> fallAsleep(work, asleep));
            work.put(0);
            if (!asleep.await(PATIENCE)) {
                throw new IllegalStateException("nobody took the first item: " + sleeper);
            }
            for (int i = 1; i <= CONSUMERS; i++) {
                ChildProcess.named("consumer-" + i).daemon(true).heap("32m").start(() -> consume(work, done));
            }
            for (int item = 1; item < ITEMS; item++) {
                work.put(item);
            }
            awaitLast(work);
            System.out.println("all is done but " + work.unfinished() + ", in the hands of the sleeper");
            sleeper.kill();
            if (!work.join(PATIENCE)) {
                throw new IllegalStateException("not done after " + PATIENCE + ": " + work);
            }
            report(work, done);
        }
    }

    /** Runs in a child: takes an item and does nothing with it. */
    private static void fallAsleep(JoinableQueue<Integer> work, SharedSignal asleep) throws InterruptedException {
        System.out.println("the sleeper takes item " + work.take());
        asleep.post();
        TimeUnit.HOURS.sleep(1);
    }

    /** Runs in a child, for ever. */
    private static void consume(JoinableQueue<Integer> work, SharedIntArray done) throws InterruptedException {
        while (true) {
            int item = work.take();
            done.getAndAdd(item, 1);
            if (item == 0) {
                System.out.println(ChildProcess.current().name() + " does item 0");
            }
            work.taskDone();
        }
    }

    private static void awaitLast(JoinableQueue<Integer> work) throws InterruptedException {
        long start = System.nanoTime();
        while (work.unfinished() > 1) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException("the consumers do not consume: " + work);
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private static void report(JoinableQueue<Integer> work, SharedIntArray done) {
        long once = done.stream().filter(times -> times == 1).count();
        long alive = ChildProcess.activeChildren().stream()
                .filter(ChildProcess::isAlive)
                .count();
        System.out.println("joined: " + once + " of " + ITEMS + " items were done, each once; " + work.unfinished()
                + " are unfinished");
        System.out.println(alive + " consumers wait for more; they end with this program");
        if (once != ITEMS || work.unfinished() != 0) {
            System.exit(1);
        }
    }
}
