package io.muster.samples.news;

import io.muster.ChildBuilder;
import io.muster.ChildProcess;
import io.muster.ipc.sync.SharedCountDownLatch;
import io.muster.ipc.sync.SharedEvent;
import io.muster.samples.files.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One process publishes headlines in a topic and three others read all of them. Two are there from the beginning; the third
 * one is started when half of the news are out, reads what it has missed, and goes on with what comes. A topic is a journal:
 * files in a directory, which any program may open, at any time.
 *
 * <p>The journal is used by the children alone: only their JVMs have the flags that it needs.
 */
public final class News {
    private static final Duration LOOK = Duration.ofMillis(50);

    private News() {}

    /**
     * Runs the sample.
     *
     * @param args none
     * @throws InterruptedException if this thread is interrupted; the children have ended then
     * @throws IOException if the temporary directory cannot be written
     */
    public static void main(String[] args) throws InterruptedException, IOException {
        Path directory = Files.createTempDirectory("news");
        try (SharedCountDownLatch subscribed = SharedCountDownLatch.create(2);
                SharedEvent halfIsOut = SharedEvent.create();
                SharedEvent caughtUp = SharedEvent.create()) {
            run(new Desk(directory.toString(), subscribed, halfIsOut, caughtUp));
        } finally {
            Trees.delete(directory);
        }
    }

    private static void run(Desk desk) throws InterruptedException {
        List<ChildProcess> children = new ArrayList<>();
        try {
            children.add(child("reader-1").start(desk::read));
            children.add(child("reader-2").start(desk::read));
            children.add(child("publisher").start(desk::publish));
            while (!desk.halfIsOut().await(LOOK)) {
                check(children);
            }
            children.add(child("latecomer").start(desk::readLate));
            for (ChildProcess child : children) {
                while (!child.join(LOOK)) {
                    check(children);
                }
            }
            check(children);
        } finally {
            children.forEach(ChildProcess::terminate); // Does nothing to those that have ended.
        }
        System.out.println("all three have read " + Desk.HEADLINES + " headlines, each once and in their order");
    }

    private static ChildBuilder child(String name) {
        return ChildProcess.named(name).heap("64m").journal(true);
    }

    /** The others may wait for one that has failed. */
    private static void check(List<ChildProcess> children) {
        for (ChildProcess child : children) {
            if (child.exitStatus().isPresent() && !child.exitStatus().get().isSuccess()) {
                throw new IllegalStateException(child + " failed");
            }
        }
    }
}
