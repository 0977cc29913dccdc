package io.muster.samples.pipe;

import io.muster.ChildProcess;
import io.muster.ipc.channel.Pipe;
import io.muster.ipc.channel.PipeConnection;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * Two children send into one pipe. One of them has much to say and then closes its end; the other one would go on for ever and
 * is killed in the middle of it. The parent receives all that they sent, message by message, and then the end of the pipe:
 * nobody has to say that it comes.
 */
public final class EndOfPipe {
    private static final int STEADY = 0;
    private static final int ENDLESS = 1;
    private static final int MESSAGES = 2_000;
    /** When the endless one has been heard so often it is killed. */
    private static final int ENOUGH = 500;

    private final ChildProcess[] senders = new ChildProcess[2];
    private final int[] received = new int[2];

    private EndOfPipe() {}

    /**
     * Runs the sample.
     *
     * @param args none
     * @throws InterruptedException if this thread is interrupted; the children have ended then
     * @throws IOException if the pipe fails
     */
    public static void main(String[] args) throws InterruptedException, IOException {
        if (!new EndOfPipe().run()) {
            System.exit(1);
        }
    }

    private boolean run() throws InterruptedException, IOException {
        try (Pipe.OneWay pipe = Pipe.oneWay()) {
            PipeConnection writer = pipe.writer();
            try {
                senders[STEADY] = ChildProcess.named("steady").heap("32m").start(() -> send(writer, STEADY, MESSAGES));
                senders[ENDLESS] =
                        ChildProcess.named("endless").heap("32m").start(() -> send(writer, ENDLESS, Integer.MAX_VALUE));
                writer.close(); // Else this process itself could still send, and the end would never come.
                receiveAll(pipe.reader());
            } finally {
                for (ChildProcess sender : senders) {
                    if (sender != null) {
                        sender.terminate();
                    }
                }
            }
        }
        return report();
    }

    /** Runs in a child. */
    private static void send(PipeConnection writer, int sender, int messages) throws IOException, InterruptedException {
        try (writer) {
            for (int number = 1; number <= messages; number++) {
                writer.send(new Message(sender, number, "x".repeat(number % 100)));
            }
        }
    }

    private void receiveAll(PipeConnection reader) throws IOException, InterruptedException {
        try {
            while (true) {
                Message message = reader.recv(Message.class);
                if (message.number != received[message.sender] + 1 || message.text.length() != message.number % 100) {
                    throw new IOException("not the next message: " + message + " after " + Arrays.toString(received));
                }
                received[message.sender] = message.number;
                if (message.sender == ENDLESS && message.number == ENOUGH) {
                    senders[ENDLESS].kill();
                    System.out.println("endless: killed with SIGKILL while it sends");
                }
            }
        } catch (EOFException e) {
            System.out.println("end of the pipe");
        }
    }

    private boolean report() {
        System.out.println("steady: " + received[STEADY] + " of " + MESSAGES + " messages, then it closed its end");
        System.out.println(
                "endless: " + received[ENDLESS] + " messages without a gap, the last one as whole as the first");
        return received[STEADY] == MESSAGES && received[ENDLESS] >= ENOUGH;
    }

    /**
     * What is sent.
     *
     * @param sender who
     * @param number which one of the sender's, from 1
     * @param text as long as the number says
     */
    private record Message(int sender, int number, String text) {}
}
