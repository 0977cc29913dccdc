import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.FragmentHandler;
import java.nio.file.Path;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Aeron's publications in shared memory, one each way; both sides spin, the driver runs in the first and mostly sleeps.
 * Arguments: round trips; rounds of messages one way; messages of a round. The second process has the driver's directory behind them.
 */
class AeronPeer {
    static final String WHO = "Aeron IPC";
    static final String CHANNEL = "aeron:ipc";
    static final int THERE = 10;
    static final int BACK = 11;
    static final int BYTES = 64;
    static final int TERM_BYTES = 16 << 20;
    static final int AT_ONCE = 256;

    static long sum;
    static final byte[] RECEIVED = new byte[BYTES];

    /** As for Agrona's ring: a message is received when it is copied out. */
    static final FragmentHandler HANDLER = (buffer, offset, length, header) -> {
        buffer.getBytes(offset, RECEIVED, 0, length);
        sum += RECEIVED[0];
    };

    public static void main(String[] args) throws Exception {
        Peer.hold();
        int trips = Integer.parseInt(args[0]);
        int rounds = Integer.parseInt(args[1]);
        int items = Integer.parseInt(args[2]);
        if (args.length > 3) {
            second(args[3], trips, rounds, items);
            return;
        }
        Path directory = Peer.newPath("aeron");
        try (MediaDriver driver = MediaDriver.launch(new MediaDriver.Context()
                        .aeronDirectoryName(directory.toString())
                        .dirDeleteOnShutdown(true)
                        .threadingMode(ThreadingMode.SHARED)
                        .sharedIdleStrategy(new SleepingMillisIdleStrategy(1))
                        .ipcTermBufferLength(TERM_BYTES)
                        .termBufferSparseFile(true));
                Aeron aeron = connect(directory.toString())) {
            Process other = Peer.again(trips, rounds, items, directory);
            first(aeron, trips, rounds, items);
            Peer.end(other);
        }
        Peer.delete(directory);
    }

    static void first(Aeron aeron, int trips, int rounds, int items) throws Exception {
        ExclusivePublication out = aeron.addExclusivePublication(CHANNEL, THERE);
        Subscription in = aeron.addSubscription(CHANNEL, BACK);
        UnsafeBuffer message = new UnsafeBuffer(new byte[BYTES]);
        awaitConnected(out, in);
        Peer.roundTrips("awake", WHO, trips, () -> {
            send(out, message);
            receive(in);
        });
        Peer.rounds("one-way", WHO, rounds, items, () -> {
            for (int i = 0; i < items; i++) {
                send(out, message);
            }
            receive(in);
        });
    }

    static void second(String directory, int trips, int rounds, int items) throws Exception {
        try (Aeron aeron = connect(directory)) {
            ExclusivePublication out = aeron.addExclusivePublication(CHANNEL, BACK);
            Subscription in = aeron.addSubscription(CHANNEL, THERE);
            UnsafeBuffer message = new UnsafeBuffer(new byte[BYTES]);
            awaitConnected(out, in);
            for (int i = 0; i < Peer.all(trips); i++) {
                receive(in);
                send(out, message);
            }
            for (int i = 0; i < Peer.allRounds(rounds); i++) {
                int looks = 0;
                for (int left = items; left > 0; ) {
                    int read = in.poll(HANDLER, AT_ONCE);
                    left -= read;
                    if (read == 0) {
                        Peer.spin(++looks);
                    }
                }
                send(out, message);
            }
            Peer.park();
        }
    }

    static Aeron connect(String directory) {
        return Aeron.connect(new Aeron.Context().aeronDirectoryName(directory));
    }

    /** Aeron has no way to be told: nothing is measured before. */
    static void awaitConnected(ExclusivePublication out, Subscription in) throws InterruptedException {
        while (!out.isConnected() || !in.isConnected()) {
            Thread.sleep(1);
        }
    }

    static void send(ExclusivePublication out, UnsafeBuffer message) {
        long position;
        for (int looks = 1; (position = out.offer(message, 0, BYTES)) < 0; looks++) {
            if (position == ExclusivePublication.CLOSED || position == ExclusivePublication.MAX_POSITION_EXCEEDED) {
                throw new IllegalStateException("offer: " + position);
            }
            Peer.spin(looks);
        }
    }

    static void receive(Subscription in) {
        for (int looks = 1; in.poll(HANDLER, 1) == 0; looks++) {
            Peer.spin(looks);
        }
    }
}
