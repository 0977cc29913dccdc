import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Agrona's rings, one each way, in a file that two processes map; both spin. Arguments: round trips; rounds of messages one
 * way; messages of a round. The second process has a file behind them.
 */
class RingPeer {
    static final String WHO = "Agrona ring";
    static final int BYTES = 64;
    static final int CAPACITY = 1 << 20;
    static final int LENGTH = CAPACITY + RingBufferDescriptor.TRAILER_LENGTH;
    static final int TYPE = 1;
    static final int AT_ONCE = 256;

    static long sum;
    static final byte[] RECEIVED = new byte[BYTES];

    /** A message is received when it is copied out of the ring, as it is on the other side of this comparison. */
    static final MessageHandler HANDLER = (type, buffer, index, length) -> {
        buffer.getBytes(index, RECEIVED, 0, length);
        sum += RECEIVED[0];
    };

    public static void main(String[] args) throws Exception {
        Peer.hold();
        int trips = Integer.parseInt(args[0]);
        int rounds = Integer.parseInt(args[1]);
        int items = Integer.parseInt(args[2]);
        if (args.length > 3) {
            second(map(Path.of(args[3])), trips, rounds, items);
            return;
        }
        Path file = Peer.newPath("rings");
        MappedByteBuffer map = map(file);
        OneToOneRingBuffer out = ring(map, 0);
        OneToOneRingBuffer in = ring(map, LENGTH);
        UnsafeBuffer message = new UnsafeBuffer(new byte[BYTES]);
        Process other = Peer.again(trips, rounds, items, file);
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
        Peer.end(other);
        Peer.delete(file);
    }

    static void second(MappedByteBuffer map, int trips, int rounds, int items) throws Exception {
        OneToOneRingBuffer in = ring(map, 0);
        OneToOneRingBuffer out = ring(map, LENGTH);
        UnsafeBuffer message = new UnsafeBuffer(new byte[BYTES]);
        for (int i = 0; i < Peer.all(trips); i++) {
            receive(in);
            send(out, message);
        }
        for (int i = 0; i < Peer.allRounds(rounds); i++) {
            int looks = 0;
            for (int left = items; left > 0; ) {
                int read = in.read(HANDLER, AT_ONCE);
                left -= read;
                if (read == 0) {
                    Peer.spin(++looks);
                }
            }
            send(out, message);
        }
        Peer.park();
    }

    static MappedByteBuffer map(Path file) throws Exception {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, 2L * LENGTH);
        }
    }

    static OneToOneRingBuffer ring(MappedByteBuffer map, int offset) {
        return new OneToOneRingBuffer(new UnsafeBuffer(map, offset, LENGTH));
    }

    static void send(OneToOneRingBuffer out, UnsafeBuffer message) {
        for (int looks = 1; !out.write(TYPE, message, 0, BYTES); looks++) {
            Peer.spin(looks);
        }
    }

    static void receive(OneToOneRingBuffer in) {
        for (int looks = 1; in.read(HANDLER, 1) == 0; looks++) {
            Peer.spin(looks);
        }
    }
}
