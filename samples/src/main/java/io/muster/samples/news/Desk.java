package io.muster.samples.news;

import io.muster.ChildProcess;
import io.muster.ipc.journal.Subscriber;
import io.muster.ipc.journal.Topic;
import io.muster.ipc.sync.SharedCountDownLatch;
import io.muster.ipc.sync.SharedEvent;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the children do, and what they tell each other.
 *
 * @param directory of the topic
 * @param subscribed counted down by those who are there from the beginning
 * @param halfIsOut set by the publisher, which then waits for the next one
 * @param caughtUp set by the latecomer when it has read what was there
 */
record Desk(String directory, SharedCountDownLatch subscribed, SharedEvent halfIsOut, SharedEvent caughtUp)
        implements Serializable {
    private static final int HALF = 10;
    static final int HEADLINES = 2 * HALF;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Publishes one half for those who are there, and the other half for the latecomer as well. */
    void publish() throws InterruptedException {
        try (Topic<String> news = open()) {
            subscribed.await();
            publish(news, 1, HALF);
            halfIsOut.set();
            caughtUp.await();
            publish(news, HALF + 1, HEADLINES);
        }
    }

    private static void publish(Topic<String> news, int first, int last) {
        for (int number = first; number <= last; number++) {
            news.append(headline(number));
        }
        System.out.println("headlines " + first + " to " + last + " are out");
    }

    /** Is there before the first headline. */
    void read() throws InterruptedException {
        String name = ChildProcess.current().name();
        try (Topic<String> news = open();
                Subscriber<String> reader = news.subscribe(name)) {
            subscribed.countDown();
            read(reader, 1, HEADLINES);
            System.out.println(name + " has read them all");
        }
    }

    /** Comes when half of them are out. */
    void readLate() throws InterruptedException {
        String name = ChildProcess.current().name();
        try (Topic<String> news = open();
                Subscriber<String> reader = news.subscribe(name)) {
            read(reader, 1, HALF);
            System.out.println(name + " has caught up with " + HALF + " headlines");
            caughtUp.set();
            read(reader, HALF + 1, HEADLINES);
            System.out.println(name + " has read them all");
        }
    }

    private static void read(Subscriber<String> reader, int first, int last) throws InterruptedException {
        for (int number = first; number <= last; number++) {
            String headline = reader.poll(PATIENCE);
            if (!headline(number).equals(headline)) {
                throw new IllegalStateException("read '" + headline + "' instead of '" + headline(number) + "'");
            }
        }
    }

    private static String headline(int number) {
        return "headline " + number;
    }

    private Topic<String> open() {
        return Topic.open(Path.of(directory), String.class);
    }
}
