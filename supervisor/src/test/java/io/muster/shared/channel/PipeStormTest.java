package io.muster.shared.channel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ipc.channel.Pipe;
import io.muster.ipc.channel.PipeConnection;
import io.muster.shared.sync.Meeting;
import io.muster.testing.HangDump;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Writers and readers of one pipe are killed and replaced for a minute: what arrives is whole and in order, and never stops. */
@ExtendWith(HangDump.class)
class PipeStormTest {
    private static final long STORM_NANOS = TimeUnit.SECONDS.toNanos(70);
    private static final int RING = 16 * 1024;
    private static final int HEAD = 3 * Long.BYTES;

    private int started;

    private static void sendForEver(PipeConnection writer, int number) throws Exception {
        Random random = new Random(number);
        for (long n = 0; ; n++) {
            int size = random.nextInt(200) == 0 ? random.nextInt(8 * RING) : random.nextInt(300);
            byte[] body = new byte[size];
            random.nextBytes(body);
            ByteBuffer message =
                    ByteBuffer.allocate(HEAD + size).putLong(number).putLong(n);
            message.putLong(checksum(body, 0, size)).put(body);
            writer.sendBytes(message.flip());
        }
    }

    private static long checksum(byte[] bytes, int from, int length) {
        CRC32 sum = new CRC32();
        sum.update(bytes, from, length);
        return sum.getValue();
    }

    private static void check(byte[] bytes, Map<Long, Long> last) {
        ByteBuffer message = ByteBuffer.wrap(bytes);
        long number = message.getLong();
        long n = message.getLong();
        if (message.getLong() != checksum(bytes, HEAD, bytes.length - HEAD)) {
            throw new AssertionError("message " + n + " of " + number + " with " + bytes.length + " bytes is damaged");
        }
        Long before = last.put(number, n);
        if (before != null && n <= before) {
            throw new AssertionError("message " + n + " of " + number + " after " + before);
        }
    }

    private ChildProcess writer(Meeting meeting, PipeConnection writer) {
        int number = started++;
        return meeting.start("writer-" + number, () -> sendForEver(writer, number));
    }

    private ChildProcess reader(Meeting meeting, PipeConnection reader) {
        return meeting.start("reader-" + started++, () -> {
            Map<Long, Long> last = new HashMap<>();
            while (true) {
                check(reader.recvBytes(), last);
            }
        });
    }

    @Tag("storm")
    @HangDump.Limit(seconds = 200)
    @Test
    void whatArrivesIsWholeAndInOrderWhoeverIsKilled() throws Exception {
        Random random = new Random();
        try (Meeting meeting = new Meeting();
                Pipe.OneWay pipe = Pipe.options().capacity(RING).makeOneWay()) {
            ChildProcess[] writers = {writer(meeting, pipe.writer()), writer(meeting, pipe.writer())};
            ChildProcess reader = reader(meeting, pipe.reader());
            Map<Long, Long> last = new HashMap<>();
            long count = 0;
            long end = System.nanoTime() + STORM_NANOS;
            while (System.nanoTime() < end) {
                for (int i = random.nextInt(20_000); i >= 0; i--) {
                    check(bytes(pipe.reader()), last);
                    count++;
                }
                int victim = random.nextInt(3);
                if (victim == 2) {
                    assertTrue(reader.isAlive(), "a reader ended by itself");
                    Meeting.kill(reader);
                    reader = reader(meeting, pipe.reader());
                } else {
                    assertTrue(writers[victim].isAlive(), "a writer ended by itself");
                    Meeting.kill(writers[victim]);
                    writers[victim] = writer(meeting, pipe.writer());
                }
            }
            assertTrue(count > 10_000 && last.size() > 5, count + " messages of " + last.size() + " writers");
        }
    }

    private static byte[] bytes(PipeConnection reader) throws Exception {
        if (!reader.poll(Duration.ofSeconds(30))) {
            throw new AssertionError("nothing comes any more from " + reader);
        }
        return reader.recvBytes();
    }
}
