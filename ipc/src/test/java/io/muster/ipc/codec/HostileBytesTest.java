package io.muster.ipc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.muster.ipc.codec.DecodeException.Reason;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Damaged bytes give a DecodeException, or some other value: never another error, and never much memory or time. */
class HostileBytesTest {
    private static final long MUTATIONS = 100_000;

    private final ObjectCodec codec = ObjectCodec.standard();

    private List<byte[]> encodings() {
        int captured = 5;
        List<String> list = List.of("a", "b");
        LambdaTest.Make<Object> lambda = () -> List.of(captured, list);
        return Stream.concat(
                        Stream.concat(RoundTripTest.values(), CollectionsTest.containers()),
                        Stream.of(lambda, new ArrayList<>(Collections.nCopies(50, new Fixtures.Person("p")))))
                .map(codec::encode)
                .toList();
    }

    @Test
    void everyTruncationIsNoticed() {
        for (byte[] bytes : encodings()) {
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThrows(DecodeException.class, () -> codec.decode(cut));
            }
        }
    }

    @Test
    void mutationsDoNoHarm() {
        List<byte[]> encodings = encodings();
        Random random = new Random(4711);
        long started = System.nanoTime();
        long most = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] bytes = encodings.get(random.nextInt(encodings.size())).clone();
            for (int n = 1 + random.nextInt(3); n > 0 && bytes.length > 0; n--) {
                bytes[random.nextInt(bytes.length)] = interesting(random);
            }
            long before = allocatedBytes();
            decodeMutated(bytes, i);
            most = Math.max(most, allocatedBytes() - before);
        }
        assertTrue(most < 64 << 20, "one decoding took " + most + " bytes");
        long seconds = (System.nanoTime() - started) / 1_000_000_000;
        assertTrue(seconds < 120, "took " + seconds + " s");
    }

    private void decodeMutated(byte[] bytes, int round) {
        try {
            codec.decode(bytes);
        } catch (DecodeException e) {
            assertTrue(e.getMessage() != null);
        } catch (Throwable e) {
            fail("round " + round + ": " + Arrays.toString(bytes), e);
        }
    }

    private static byte interesting(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> (byte) 0xff;
            case 1 -> (byte) 0x7f;
            case 2 -> (byte) random.nextInt(110);
            default -> (byte) random.nextInt(256);
        };
    }

    private static long allocatedBytes() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @Test
    void claimsOfNestedContainersDoNotAddUp() {
        CodecOutput out = new CodecOutput();
        int levels = 450;
        int padding = 200_000;
        for (int i = 0; i < levels; i++) {
            out.writeByte(Tags.ARRAY_LIST);
            out.writeVarInt(padding);
            out.writeByte(Tags.EACH_TAGGED);
        }
        for (int i = 0; i < padding; i++) {
            out.writeByte(Tags.NULL);
        }
        long before = allocatedBytes();
        DecodeException e = assertThrows(DecodeException.class, () -> codec.decode(out.toByteArray()));
        assertEquals(Reason.CORRUPT, e.reason());
        assertTrue(allocatedBytes() - before < 16 << 20);
    }

    @Test
    void depthIsBounded() {
        byte[] bytes = new byte[4_000_000];
        Arrays.fill(bytes, (byte) Tags.OPTIONAL);
        DecodeException e = assertThrows(DecodeException.class, () -> codec.decode(bytes));
        assertEquals("nested more than 500 levels deep", e.getMessage());
    }

    @Test
    void hugeCountsAreRefusedBeforeMemoryIsTaken() {
        for (int tag = 0; tag < 256; tag++) {
            for (int layout = 0; layout < 8; layout++) {
                CodecOutput out = new CodecOutput();
                out.writeByte(tag);
                out.writeVarInt(Integer.MAX_VALUE);
                out.writeByte(layout);
                out.writeBytes(new byte[100]);
                byte[] bytes = out.toByteArray();
                long before = allocatedBytes();
                try {
                    codec.decode(bytes);
                } catch (DecodeException e) {
                    assertTrue(e.getMessage() != null);
                }
                assertTrue(allocatedBytes() - before < 1 << 20, "tag " + tag + " layout " + layout);
            }
        }
    }

    @Test
    void unknownTagsAreNamed() {
        DecodeException e = assertThrows(DecodeException.class, () -> codec.decode(new byte[] {0}));
        assertEquals("no kind of value has the tag 0 (before byte 1)", e.getMessage());
        assertEquals(Reason.CORRUPT, e.reason());
    }
}
