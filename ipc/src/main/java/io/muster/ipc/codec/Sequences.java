package io.muster.ipc.codec;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;

/**
 * The elements of a container: count, and if there are any, one byte that says how they are laid out. If all have one of a
 * few common classes they lie side by side without tags, else each is a value of its own.
 */
final class Sequences {
    private static final Object[] NOTHING = {};

    private Sequences() {}

    /**
     * Appends {@code items}.
     *
     * @param owner the container, for error messages and cycle detection
     * @param label what an index means in the path of an error: empty, or {@code "key "}
     */
    static void write(ObjectCodec codec, CodecOutput out, Object owner, Object[] items, String label) {
        out.writeVarInt(items.length);
        if (items.length == 0) {
            return;
        }
        int start = out.position();
        if (!writeAlike(codec, out, owner, items, label)) {
            out.truncate(start);
            writeEach(codec, out, owner, items, label);
        }
    }

    /** Tries the layout that the first element suggests; returns false, with some bytes written, if another differs. */
    private static boolean writeAlike(ObjectCodec codec, CodecOutput out, Object owner, Object[] items, String label) {
        Object first = items[0];
        if (first instanceof Integer) {
            return writeIntegers(out, items);
        } else if (first instanceof String) {
            return writeStrings(out, items);
        } else if (first instanceof Long) {
            return writeLongs(out, items);
        } else if (first instanceof Double) {
            return writeDoubles(out, items);
        } else if (first instanceof byte[]) {
            return writeByteArrays(out, items);
        } else if (first instanceof Record && items.length > 1) {
            return writeRecords(codec, out, owner, items, label);
        }
        return false;
    }

    private static boolean writeIntegers(CodecOutput out, Object[] items) {
        out.writeByte(Tags.ALL_INTEGERS);
        out.ensure(items.length, Integer.BYTES);
        ByteBuffer target = out.view();
        int position = out.position();
        for (Object item : items) {
            if (!(item instanceof Integer number)) {
                return false;
            }
            target.putInt(position, number);
            position += Integer.BYTES;
        }
        out.advance(items.length * Integer.BYTES);
        return true;
    }

    private static boolean writeLongs(CodecOutput out, Object[] items) {
        out.writeByte(Tags.ALL_LONGS);
        out.ensure(items.length, Long.BYTES);
        ByteBuffer target = out.view();
        int position = out.position();
        for (Object item : items) {
            if (!(item instanceof Long number)) {
                return false;
            }
            target.putLong(position, number);
            position += Long.BYTES;
        }
        out.advance(items.length * Long.BYTES);
        return true;
    }

    private static boolean writeDoubles(CodecOutput out, Object[] items) {
        out.writeByte(Tags.ALL_DOUBLES);
        out.ensure(items.length, Double.BYTES);
        ByteBuffer target = out.view();
        int position = out.position();
        for (Object item : items) {
            if (!(item instanceof Double number)) {
                return false;
            }
            target.putLong(position, Double.doubleToLongBits(number));
            position += Double.BYTES;
        }
        out.advance(items.length * Double.BYTES);
        return true;
    }

    private static boolean writeStrings(CodecOutput out, Object[] items) {
        out.writeByte(Tags.ALL_STRINGS);
        for (Object item : items) {
            if (!(item instanceof String string)) {
                return false;
            }
            Strings.write(out, string);
        }
        return true;
    }

    private static boolean writeByteArrays(CodecOutput out, Object[] items) {
        out.writeByte(Tags.ALL_BYTE_ARRAYS);
        for (Object item : items) {
            if (!(item instanceof byte[] bytes)) {
                return false;
            }
            PrimitiveArrays.writeBytes(out, bytes);
        }
        return true;
    }

    /** The name of the record class once, then the components of each. */
    private static boolean writeRecords(
            ObjectCodec codec, CodecOutput out, Object owner, Object[] items, String label) {
        Class<?> type = items[0].getClass();
        for (Object item : items) {
            if (item == null || item.getClass() != type) {
                return false;
            }
        }
        RecordShape shape = codec.recordShape(type);
        if (shape == null || shape.componentCount() == 0) {
            return false;
        }
        out.foreign = true;
        out.writeByte(Tags.ALL_ONE_RECORD);
        out.writeBytes(shape.definition());
        for (int i = 0; i < items.length; i++) {
            try {
                shape.writeComponents(codec, out, items[i]);
            } catch (EncodeException e) {
                throw e.inside(owner, step(label, i));
            }
        }
        return true;
    }

    private static void writeEach(ObjectCodec codec, CodecOutput out, Object owner, Object[] items, String label) {
        out.writeByte(Tags.EACH_TAGGED);
        for (int i = 0; i < items.length; i++) {
            try {
                codec.writeValue(out, items[i]);
            } catch (EncodeException e) {
                throw e.inside(owner, step(label, i));
            }
        }
    }

    private static String step(String label, int index) {
        return "[" + label + index + "]";
    }

    /** Reads elements into an {@code Object[]}. */
    static Object[] read(ObjectCodec codec, CodecInput in) {
        return read(codec, in, Object.class);
    }

    /** Reads elements into an array of {@code component}. */
    static Object[] read(ObjectCodec codec, CodecInput in, Class<?> component) {
        int count = in.readVarInt();
        if (count == 0) {
            return component == Object.class ? NOTHING : array(component, 0);
        }
        int layout = in.readByte();
        return switch (layout) {
            case Tags.EACH_TAGGED -> readEach(codec, in, array(component, in.checkCount(count, 1)));
            case Tags.ALL_INTEGERS -> readIntegers(in, array(component, in.checkCount(count, Integer.BYTES)));
            case Tags.ALL_LONGS -> readLongs(in, array(component, in.checkCount(count, Long.BYTES)));
            case Tags.ALL_DOUBLES -> readDoubles(in, array(component, in.checkCount(count, Double.BYTES)));
            case Tags.ALL_STRINGS -> readStrings(in, array(component, in.checkCount(count, 1)));
            case Tags.ALL_BYTE_ARRAYS -> readByteArrays(in, array(component, in.checkCount(count, 1)));
            case Tags.ALL_ONE_RECORD -> readRecords(codec, in, count, component);
            default -> throw DecodeException.corrupt("no layout of elements has the number " + layout);
        };
    }

    private static Object[] array(Class<?> component, int count) {
        return component == Object.class ? new Object[count] : (Object[]) Array.newInstance(component, count);
    }

    private static Object[] readEach(ObjectCodec codec, CodecInput in, Object[] items) {
        in.owe(items.length);
        for (int i = 0; i < items.length; i++) {
            in.paid();
            items[i] = codec.readValue(in);
        }
        return items;
    }

    private static Object[] readIntegers(CodecInput in, Object[] items) {
        int position = in.take(items.length * Integer.BYTES);
        ByteBuffer source = in.view();
        for (int i = 0; i < items.length; i++) {
            items[i] = source.getInt(position + i * Integer.BYTES);
        }
        return items;
    }

    private static Object[] readLongs(CodecInput in, Object[] items) {
        int position = in.take(items.length * Long.BYTES);
        ByteBuffer source = in.view();
        for (int i = 0; i < items.length; i++) {
            items[i] = source.getLong(position + i * Long.BYTES);
        }
        return items;
    }

    private static Object[] readDoubles(CodecInput in, Object[] items) {
        int position = in.take(items.length * Double.BYTES);
        ByteBuffer source = in.view();
        for (int i = 0; i < items.length; i++) {
            items[i] = Double.longBitsToDouble(source.getLong(position + i * Double.BYTES));
        }
        return items;
    }

    private static Object[] readStrings(CodecInput in, Object[] items) {
        for (int i = 0; i < items.length; i++) {
            items[i] = Strings.read(in);
        }
        return items;
    }

    private static Object[] readByteArrays(CodecInput in, Object[] items) {
        for (int i = 0; i < items.length; i++) {
            items[i] = PrimitiveArrays.readBytes(in);
        }
        return items;
    }

    private static Object[] readRecords(ObjectCodec codec, CodecInput in, int count, Class<?> component) {
        RecordShape shape = RecordShape.read(codec, in);
        if (shape.componentCount() == 0) {
            throw DecodeException.corrupt("records without components are not laid out side by side");
        }
        Object[] items = array(component, in.checkCount(count, 1));
        in.owe(count);
        for (int i = 0; i < count; i++) {
            in.paid();
            items[i] = shape.readComponents(codec, in);
        }
        return items;
    }
}
