import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Chronicle Queues that one process appends to and the other tails, spinning. Arguments: {@code bytes} or {@code objects};
 * round trips; rounds of messages one way; messages of a round. The second process has a directory behind them. With {@code append}
 * for the first there is no second process, no round trip and no reader.
 */
class ChronicleQueuePeer {
    static final String WHO = "Chronicle Queue";
    static final int LONGS = 8;
    static final String TEXT = "sixteen letters.";

    static Object last;
    static long sum;

    record Parcel(int number, long weight, String address) {}

    public static void main(String[] args) throws Exception {
        Peer.hold();
        boolean objects = args[0].equals("objects");
        int trips = Integer.parseInt(args[1]);
        int rounds = Integer.parseInt(args[2]);
        int items = Integer.parseInt(args[3]);
        if (args[0].equals("append")) {
            append(rounds, items);
            Runtime.getRuntime().halt(0);
        }
        if (args.length > 4) {
            second(Path.of(args[4]), objects, trips, rounds, items);
            return;
        }
        Path directory = Peer.newPath("queues");
        try (ChronicleQueue there = open(directory, "there");
                ChronicleQueue back = open(directory, "back");
                ExcerptAppender out = there.createAppender();
                ExcerptTailer in = back.createTailer()) {
            Process other = Peer.again(args[0], trips, rounds, items, directory);
            Peer.roundTrips(objects ? "round-trip" : "awake", WHO, trips, () -> {
                send(out, objects);
                receive(in, objects);
            });
            Peer.rounds(objects ? "1:1" : "one-way", WHO, rounds, items, () -> {
                for (int i = 0; i < items; i++) {
                    send(out, objects);
                }
                receive(in, objects);
            });
            Peer.end(other);
        }
        Peer.delete(directory);
        Runtime.getRuntime().halt(0); // its threads in the background may take their time
    }

    static void append(int rounds, int items) throws Exception {
        Path directory = Peer.newPath("queues");
        try (ChronicleQueue queue = open(directory, "append");
                ExcerptAppender out = queue.createAppender()) {
            Peer.rounds("append", WHO, rounds, items, () -> {
                for (int i = 0; i < items; i++) {
                    send(out, true);
                }
            });
        }
        Peer.delete(directory);
    }

    static void second(Path directory, boolean objects, int trips, int rounds, int items) throws Exception {
        try (ChronicleQueue there = open(directory, "there");
                ChronicleQueue back = open(directory, "back");
                ExcerptAppender out = back.createAppender();
                ExcerptTailer in = there.createTailer()) {
            for (int i = 0; i < Peer.all(trips); i++) {
                receive(in, objects);
                send(out, objects);
            }
            for (int i = 0; i < Peer.allRounds(rounds); i++) {
                for (int j = 0; j < items; j++) {
                    receive(in, objects);
                }
                send(out, objects);
            }
            Peer.park();
        }
    }

    static ChronicleQueue open(Path directory, String name) {
        return ChronicleQueue.singleBuilder(directory.resolve(name)).build();
    }

    static void send(ExcerptAppender out, boolean objects) {
        try (DocumentContext document = out.writingDocument()) {
            Bytes<?> bytes = document.wire().bytes();
            if (objects) {
                bytes.writeInt(7).writeLong(1L << 40).writeUtf8(TEXT);
            } else {
                for (int i = 0; i < LONGS; i++) {
                    bytes.writeLong(i);
                }
            }
        }
    }

    static void receive(ExcerptTailer in, boolean objects) {
        for (int looks = 1; ; looks++) {
            try (DocumentContext document = in.readingDocument()) {
                if (document.isPresent()) {
                    Bytes<?> bytes = document.wire().bytes();
                    if (objects) {
                        last = new Parcel(bytes.readInt(), bytes.readLong(), bytes.readUtf8());
                    } else {
                        for (int i = 0; i < LONGS; i++) {
                            sum += bytes.readLong();
                        }
                    }
                    return;
                }
            }
            Peer.spin(looks);
        }
    }
}
