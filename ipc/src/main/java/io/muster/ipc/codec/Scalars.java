package io.muster.ipc.codec;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Date;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** Single values of the JDK: boxed primitives, numbers, names of files. */
final class Scalars {
    private Scalars() {}

    /** Writes what is sent most, without looking for a {@link TypeWriter}; returns false if {@code value} is another type. */
    static boolean writeHot(CodecOutput out, Object value) {
        if (value instanceof Integer number) {
            out.writeTagged(Tags.INTEGER, number);
        } else if (value instanceof String string) {
            out.writeByte(Tags.STRING);
            Strings.write(out, string);
        } else if (value == null) {
            out.writeByte(Tags.NULL);
        } else if (value instanceof Long number) {
            out.writeTagged(Tags.LONG, number);
        } else if (value instanceof Boolean flag) {
            out.writeByte(flag ? Tags.TRUE : Tags.FALSE);
        } else if (value instanceof Double number) {
            out.writeTagged(Tags.DOUBLE, Double.doubleToLongBits(number));
        } else if (value instanceof byte[] bytes) {
            out.writeByte(Tags.BYTES);
            PrimitiveArrays.writeBytes(out, bytes);
        } else {
            return false;
        }
        return true;
    }

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
            if (tag == Tags.PATH) {
                writePath(out, (Path) value);
                return;
            }
            out.writeByte(tag);
            switch (tag) {
                case Tags.BYTE -> out.writeByte((Byte) value);
                case Tags.SHORT -> out.writeShort((Short) value);
                case Tags.CHARACTER -> out.writeShort((Character) value);
                case Tags.FLOAT -> out.writeFloat((Float) value);
                case Tags.UUID -> writeUuid(out, (UUID) value);
                case Tags.BIG_INTEGER -> writeBigInteger(out, (BigInteger) value);
                case Tags.BIG_DECIMAL -> writeBigDecimal(out, (BigDecimal) value);
                case Tags.FILE -> out.writeString(((File) value).getPath());
                case Tags.URI -> out.writeString(value.toString());
                case Tags.DATE -> out.writeLong(((Date) value).getTime());
                case Tags.CLASS -> ClassNames.write(out, (Class<?>) value);
                default -> writeOptional(out, value);
            }
        }
    }

    private static void writeUuid(CodecOutput out, UUID id) {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    private static void writeBigInteger(CodecOutput out, BigInteger number) {
        byte[] bytes = number.toByteArray();
        out.writeVarInt(bytes.length);
        out.writeBytes(bytes);
    }

    private static void writeBigDecimal(CodecOutput out, BigDecimal number) {
        out.writeInt(number.scale());
        writeBigInteger(out, number.unscaledValue());
    }

    /** As text; as URI if the text does not lead back to the same path (names that the file name encoding cannot show). */
    private static void writePath(CodecOutput out, Path path) {
        if (path.getFileSystem() != FileSystems.getDefault()) {
            throw new EncodeException(
                    "the path " + path + " is not in the default file system, but in "
                            + path.getFileSystem().getClass().getName()
                            + ": send the path of the archive and open it there",
                    path.getClass(),
                    null);
        }
        String text = path.toString();
        boolean faithful = Path.of(text).equals(path);
        out.writeByte(faithful ? Tags.PATH : Tags.PATH_URI);
        out.writeString(faithful ? text : path.toUri().toString());
    }

    private static void writeOptional(CodecOutput out, Object value) {
        if (value instanceof OptionalInt optional) {
            out.writeBoolean(optional.isPresent());
            if (optional.isPresent()) {
                out.writeInt(optional.getAsInt());
            }
        } else if (value instanceof OptionalLong optional) {
            out.writeBoolean(optional.isPresent());
            if (optional.isPresent()) {
                out.writeLong(optional.getAsLong());
            }
        } else {
            OptionalDouble optional = (OptionalDouble) value;
            out.writeBoolean(optional.isPresent());
            if (optional.isPresent()) {
                out.writeDouble(optional.getAsDouble());
            }
        }
    }

    static Object read(int tag, CodecInput in) {
        return switch (tag) {
            case Tags.NULL -> null;
            case Tags.TRUE -> Boolean.TRUE;
            case Tags.FALSE -> Boolean.FALSE;
            case Tags.BYTE -> in.readByte();
            case Tags.SHORT -> in.readShort();
            case Tags.CHARACTER -> (char) in.readShort();
            case Tags.INTEGER -> in.readInt();
            case Tags.LONG -> in.readLong();
            case Tags.FLOAT -> in.readFloat();
            case Tags.DOUBLE -> in.readDouble();
            case Tags.STRING -> Strings.read(in);
            case Tags.UUID -> new UUID(in.readLong(), in.readLong());
            case Tags.BIG_INTEGER -> readBigInteger(in);
            case Tags.BIG_DECIMAL -> readBigDecimal(in);
            case Tags.PATH -> Path.of(in.readString());
            case Tags.PATH_URI -> Path.of(URI.create(in.readString()));
            case Tags.FILE -> new File(in.readString());
            case Tags.URI -> URI.create(in.readString());
            case Tags.DATE -> new Date(in.readLong());
            default -> throw ObjectCodec.unknownTag(tag, in);
        };
    }

    static Object readOptional(int tag, CodecInput in) {
        boolean present = in.readBoolean();
        return switch (tag) {
            case Tags.OPTIONAL_INT -> present ? OptionalInt.of(in.readInt()) : OptionalInt.empty();
            case Tags.OPTIONAL_LONG -> present ? OptionalLong.of(in.readLong()) : OptionalLong.empty();
            default -> present ? OptionalDouble.of(in.readDouble()) : OptionalDouble.empty();
        };
    }

    private static BigDecimal readBigDecimal(CodecInput in) {
        int scale = in.readInt();
        return new BigDecimal(readBigInteger(in), scale);
    }

    private static BigInteger readBigInteger(CodecInput in) {
        int length = in.readCount(1);
        return new BigInteger(in.array(), in.take(length), length);
    }
}
