package io.muster.ipc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CodecInputOutputTest {
    private static final int[] EDGES = {
        0, 1, 127, 128, 16_383, 16_384, 1 << 21, (1 << 28) - 1, 1 << 28, Integer.MAX_VALUE, -1, Integer.MIN_VALUE
    };

    @Test
    void whatIsWrittenIsRead() {
        CodecOutput out = new CodecOutput(0);
        for (int edge : EDGES) {
            out.writeVarInt(edge);
            out.writeInt(edge);
            out.writeShort(edge);
            out.writeByte(edge);
            out.writeLong((long) edge << 31);
            out.writeDouble(edge);
            out.writeFloat(edge);
            out.writeBoolean(edge > 0);
            out.writeString("edge " + edge);
        }
        CodecInput in = new CodecInput(out.toByteArray());
        for (int edge : EDGES) {
            assertEquals(edge, in.readVarInt());
            assertEquals(edge, in.readInt());
            assertEquals((short) edge, in.readShort());
            assertEquals((byte) edge, in.readByte());
            assertEquals((long) edge << 31, in.readLong());
            assertEquals(edge, in.readDouble());
            assertEquals((float) edge, in.readFloat());
            assertEquals(edge > 0, in.readBoolean());
            assertEquals("edge " + edge, in.readString());
        }
        assertEquals(0, in.remaining());
    }

    @Test
    void varIntsAreShortForSmallNumbers() {
        CodecOutput out = new CodecOutput();
        int[] expected = {1, 1, 1, 2, 2, 3, 4, 4, 5, 5, 5, 5};
        for (int i = 0; i < EDGES.length; i++) {
            out.reset();
            out.writeVarInt(EDGES[i]);
            assertEquals(expected[i], out.position(), "bytes of " + EDGES[i]);
        }
    }

    @Test
    void countsAreCheckedAgainstWhatIsLeft() {
        CodecOutput out = new CodecOutput();
        out.writeVarInt(3);
        out.writeBytes(new byte[11]);
        CodecInput in = new CodecInput(out.toByteArray());
        assertEquals(
                "a count of 3 x 4 bytes before byte 1, where 11 bytes are left",
                assertThrows(DecodeException.class, () -> in.readCount(4)).getMessage());
    }

    @Test
    void readingBeyondTheEndSaysWhere() {
        CodecInput in = new CodecInput().wrap(new byte[10], 4, 3);
        in.readByte();
        assertEquals(
                "cut short: wanted 8 bytes at byte 5, 2 are left",
                assertThrows(DecodeException.class, in::readLong).getMessage());
    }

    @Test
    void aVarIntOfMoreThanFiveBytesIsCorrupt() {
        CodecInput in = new CodecInput(new byte[] {-1, -1, -1, -1, -1, -1});
        assertThrows(DecodeException.class, in::readVarInt);
    }

    @Test
    void objectsAreForCodecsOnly() {
        assertThrows(IllegalStateException.class, () -> new CodecOutput().writeObject(1));
        assertThrows(IllegalStateException.class, () -> new CodecInput().readObject());
    }

    @Test
    void growthKeepsWhatIsThere() {
        CodecOutput out = new CodecOutput(0);
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            out.writeInt(random.nextInt());
        }
        CodecInput in = new CodecInput(out.toByteArray());
        Random again = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            assertEquals(again.nextInt(), in.readInt());
        }
    }
}
