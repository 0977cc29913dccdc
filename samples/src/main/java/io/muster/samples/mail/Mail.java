package io.muster.samples.mail;

import io.muster.ChildProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * "Sends" ten mails, each from a process of its own, and reports when all have ended: start, join, exit status.
 */
public final class Mail {
    private static final int MAILS = 10;
    private static final int SENDING_MILLIS = 500;

    private Mail() {}

    /**
     * Runs the sample.
     *
     * @param args none
     * @throws InterruptedException if this thread is interrupted; the children have ended then
     */
    public static void main(String[] args) throws InterruptedException {
        long begin = System.nanoTime();
        List<ChildProcess> children = new ArrayList<>();
        try {
            for (int i = 1; i <= MAILS; i++) {
                int number = i;
                children.add(ChildProcess.named("mail-" + number).heap("32m").start(() -> send(number)));
            }
            for (ChildProcess child : children) {
                child.join();
            }
        } finally {
            children.forEach(ChildProcess::terminate); // Does nothing to those that have ended.
        }
        long sent = children.stream()
                .filter(child -> child.exitStatus().orElseThrow().isSuccess())
                .count();
        System.out.printf("%d of %d mails sent in %.2f s%n", sent, MAILS, (System.nanoTime() - begin) / 1e9);
        if (sent < MAILS) {
            System.exit(1);
        }
    }

    /** Runs in a child. */
    private static void send(int number) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(SENDING_MILLIS); // As slow as a mail server.
        System.out.printf(
                "mail %d sent by process %d%n", number, ProcessHandle.current().pid());
    }
}
