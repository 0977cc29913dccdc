package io.muster.ipc.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Arrays of primitives: the count, then the elements in one block copy. */
final class PrimitiveArrays {
    private PrimitiveArrays() {}

    static final class Writer extends TypeWriter {
        private final int tag;

        Writer(int tag) {
            this.tag = tag;
        }

        @Override
        boolean yieldsToUserCodec() {
            return false;
        }

        @Override
        void write(ObjectCodec codec, CodecOutput out, Object value) {
            out.writeByte(tag);
            switch (tag) {
                case Tags.BOOLEANS -> writeBooleans(out, (boolean[]) value);
                case Tags.BYTES -> writeBytes(out, (byte[]) value);
                case Tags.SHORTS -> writeShorts(out, (short[]) value);
                case Tags.CHARS -> writeChars(out, (char[]) value);
                case Tags.INTS -> writeInts(out, (int[]) value);
                case Tags.LONGS -> writeLongs(out, (long[]) value);
                case Tags.FLOATS -> writeFloats(out, (float[]) value);
                default -> writeDoubles(out, (double[]) value);
            }
        }
    }

    private static void writeBooleans(CodecOutput out, boolean[] values) {
        out.writeVarInt(values.length);
        out.ensure(values.length);
        byte[] target = out.array();
        int position = out.position();
        for (int i = 0; i < values.length; i++) {
            target[position + i] = (byte) (values[i] ? 1 : 0);
        }
        out.advance(values.length);
    }

    static void writeBytes(CodecOutput out, byte[] values) {
        out.writeVarInt(values.length);
        out.writeBytes(values);
    }

    private static void writeShorts(CodecOutput out, short[] values) {
        start(out, values.length, Short.BYTES).asShortBuffer().put(values);
    }

    private static void writeChars(CodecOutput out, char[] values) {
        start(out, values.length, Character.BYTES).asCharBuffer().put(values);
    }

    private static void writeInts(CodecOutput out, int[] values) {
        start(out, values.length, Integer.BYTES).asIntBuffer().put(values);
    }

    private static void writeLongs(CodecOutput out, long[] values) {
        start(out, values.length, Long.BYTES).asLongBuffer().put(values);
    }

    private static void writeFloats(CodecOutput out, float[] values) {
        start(out, values.length, Float.BYTES).asFloatBuffer().put(values);
    }

    private static void writeDoubles(CodecOutput out, double[] values) {
        start(out, values.length, Double.BYTES).asDoubleBuffer().put(values);
    }

    /** Writes the count, makes the elements count as written, and returns a buffer that begins where they go. */
    private static ByteBuffer start(CodecOutput out, int count, int bytesEach) {
        out.writeVarInt(count);
        if (count > Integer.MAX_VALUE / bytesEach) {
            throw new EncodeException(
                    "an array of " + count + " x " + bytesEach + " bytes is more than one encoding can hold ("
                            + Integer.MAX_VALUE + " bytes): send it in parts, or share it",
                    null,
                    null);
        }
        int bytes = count * bytesEach;
        out.ensure(bytes);
        ByteBuffer target = slice(out.view(), out.position(), bytes);
        out.advance(bytes);
        return target;
    }

    static Object read(int tag, CodecInput in) {
        return switch (tag) {
            case Tags.BOOLEANS -> readBooleans(in);
            case Tags.BYTES -> readBytes(in);
            case Tags.SHORTS -> readShorts(in);
            case Tags.CHARS -> readChars(in);
            case Tags.INTS -> readInts(in);
            case Tags.LONGS -> readLongs(in);
            case Tags.FLOATS -> readFloats(in);
            default -> readDoubles(in);
        };
    }

    private static boolean[] readBooleans(CodecInput in) {
        boolean[] values = new boolean[in.readCount(1)];
        byte[] source = in.array();
        int start = in.take(values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = source[start + i] != 0;
        }
        return values;
    }

    static byte[] readBytes(CodecInput in) {
        byte[] values = new byte[in.readCount(1)];
        in.readBytes(values, 0, values.length);
        return values;
    }

    private static short[] readShorts(CodecInput in) {
        short[] values = new short[in.readCount(Short.BYTES)];
        elements(in, values.length * Short.BYTES).asShortBuffer().get(values);
        return values;
    }

    private static char[] readChars(CodecInput in) {
        char[] values = new char[in.readCount(Character.BYTES)];
        elements(in, values.length * Character.BYTES).asCharBuffer().get(values);
        return values;
    }

    private static int[] readInts(CodecInput in) {
        int[] values = new int[in.readCount(Integer.BYTES)];
        elements(in, values.length * Integer.BYTES).asIntBuffer().get(values);
        return values;
    }

    private static long[] readLongs(CodecInput in) {
        long[] values = new long[in.readCount(Long.BYTES)];
        elements(in, values.length * Long.BYTES).asLongBuffer().get(values);
        return values;
    }

    private static float[] readFloats(CodecInput in) {
        float[] values = new float[in.readCount(Float.BYTES)];
        elements(in, values.length * Float.BYTES).asFloatBuffer().get(values);
        return values;
    }

    private static double[] readDoubles(CodecInput in) {
        double[] values = new double[in.readCount(Double.BYTES)];
        elements(in, values.length * Double.BYTES).asDoubleBuffer().get(values);
        return values;
    }

    private static ByteBuffer elements(CodecInput in, int bytes) {
        return slice(in.view(), in.take(bytes), bytes);
    }

    private static ByteBuffer slice(ByteBuffer view, int start, int bytes) {
        return view.slice(start, bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
