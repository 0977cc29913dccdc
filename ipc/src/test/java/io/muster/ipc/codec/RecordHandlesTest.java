package io.muster.ipc.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.sync.Threads;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Records go the same way by handles as by reflection. */
class RecordHandlesTest {
    private final ObjectCodec codec = ObjectCodec.builder().build();

    record Everything(
            int i,
            long l,
            double d,
            boolean z,
            byte b,
            short s,
            char c,
            float f,
            String text,
            List<Integer> list,
            Object any) {}

    private static final List<Everything> EXAMPLES = List.of(
            new Everything(1, 2L, 3.5, true, (byte) -4, (short) -5, 'x', 6.25f, "text", List.of(7, 8), 9L),
            new Everything(
                    Integer.MIN_VALUE,
                    Long.MIN_VALUE,
                    Double.NaN,
                    false,
                    Byte.MIN_VALUE,
                    Short.MIN_VALUE,
                    Character.MAX_VALUE,
                    Float.NEGATIVE_INFINITY,
                    null,
                    null,
                    new Nothing()));

    record Nothing() {}

    record Holder(Object content) {}

    record Positive(int number) {
        Positive {
            if (number <= 0) {
                throw new IllegalArgumentException("number=" + number);
            }
        }
    }

    record Busy(int number, String name) {}

    private static RecordHandles handles(Class<? extends Record> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Field[] fields = new Field[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = type.getDeclaredField(components[i].getName());
            fields[i].setAccessible(true);
            types[i] = components[i].getType();
        }
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return new RecordHandles(fields, constructor);
    }

    /** What comes behind the tag and the definition. */
    private byte[] componentsByReflection(Record value) {
        byte[] all = codec.encode(value);
        int definition = codec.recordShape(value.getClass()).definition().length;
        return Arrays.copyOfRange(all, 1 + definition, all.length);
    }

    @Test
    void everyKindOfComponentIsWrittenAndReadAsByReflection() throws Exception {
        RecordHandles handles = handles(Everything.class);
        for (Everything each : EXAMPLES) {
            CodecOutput out = new CodecOutput();
            handles.write(codec, out, each);
            assertArrayEquals(componentsByReflection(each), out.toByteArray());

            CodecInput in = new CodecInput().wrap(out.array(), 0, out.position());
            assertEquals(each, handles.read(codec, in));
            assertEquals(0, in.remaining());
        }
    }

    @Test
    void aRecordWithoutComponentsIsMade() throws Exception {
        RecordHandles handles = handles(Nothing.class);
        CodecOutput out = new CodecOutput();
        handles.write(codec, out, new Nothing());
        assertEquals(0, out.position());
        assertEquals(new Nothing(), handles.read(codec, new CodecInput().wrap(new byte[0], 0, 0)));
    }

    @Test
    void whatCannotTravelIsToldWithItsComponent() throws Exception {
        RecordHandles handles = handles(Holder.class);
        Holder holder = new Holder(new Object());
        EncodeException e = assertThrows(EncodeException.class, () -> handles.write(codec, new CodecOutput(), holder));
        EncodeException byReflection = assertThrows(EncodeException.class, () -> codec.encode(holder));
        assertTrue(e.getMessage().contains("content"), e::getMessage);
        assertEquals(byReflection.getMessage(), e.getMessage());
    }

    @Test
    void aConstructorThatFailsIsTold() throws Exception {
        RecordHandles handles = handles(Positive.class);
        CodecOutput out = new CodecOutput();
        out.writeInt(-1);
        CodecInput in = new CodecInput().wrap(out.array(), 0, out.position());
        DecodeException e = assertThrows(DecodeException.class, () -> handles.read(codec, in));
        assertSame(DecodeException.Reason.USER_CODE, e.reason());
        assertEquals("number=-1", e.getCause().getMessage());
    }

    @Test
    void aComponentOfAnotherTypeIsRefused() throws Exception {
        RecordHandles handles = handles(Busy.class);
        CodecOutput out = new CodecOutput();
        out.writeInt(1);
        codec.write(out, 2L);
        CodecInput in = new CodecInput().wrap(out.array(), 0, out.position());
        assertThrows(ClassCastException.class, () -> handles.read(codec, in));
    }

    /** Also while the one way takes over from the other. */
    @Test
    void recordsThatAreSentAllTheTimeStayTheSame() throws Exception {
        byte[] first = codec.encode(new Busy(1, "name"));
        assertFalse(codec.recordShape(Busy.class).hasHandles());
        List<Threads.Running<Boolean>> senders = Stream.generate(() -> Threads.call(this::sendUntilHandlesDoIt))
                .limit(3)
                .toList();
        for (Threads.Running<Boolean> each : senders) {
            assertTrue(each.get());
        }
        assertArrayEquals(first, codec.encode(new Busy(1, "name")));
        assertThrows(DecodeException.class, () -> codec.decode(Arrays.copyOf(first, first.length - 6)));
    }

    private boolean sendUntilHandlesDoIt() {
        RecordShape shape = codec.recordShape(Busy.class);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        for (int i = 0; i < 20_000 || !shape.hasHandles() && System.nanoTime() < end; i++) {
            Busy busy = new Busy(i, "name");
            assertEquals(busy, codec.decode(codec.encode(busy)));
        }
        return shape.hasHandles();
    }
}
