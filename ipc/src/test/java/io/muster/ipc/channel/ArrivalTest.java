package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.codec.Codec;
import io.muster.ipc.codec.CodecInput;
import io.muster.ipc.codec.CodecOutput;
import io.muster.ipc.codec.DecodeException;
import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.data.SharedList;
import io.muster.ipc.data.SharedMap;
import java.io.EOFException;
import java.io.ObjectInputFilter;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Ends that came with what cannot be decoded are in use by nobody, as soon as that is told. */
class ArrivalTest {
    private static final ObjectCodec CODEC = ObjectCodec.standard();

    /** Whether the classes below can be decoded. */
    private static boolean breaks;

    private final Pipe.OneWay pipe =
            Pipe.options().capacity(Pipe.LEAST_CAPACITY).makeOneWay();
    private final PipeConnection writer = pipe.writer();
    private final PipeConnection reader = pipe.reader();

    @AfterEach
    void close() {
        breaks = false;
        pipe.close();
    }

    private static void failIfItBreaks() {
        if (breaks) {
            throw new IllegalStateException("cannot be decoded here");
        }
    }

    private static final class Fragile implements Serializable {
        private static final long serialVersionUID = 1L;

        private Object readResolve() {
            failIfItBreaks();
            return this;
        }
    }

    private record FragileRecord(PipeConnection end) {
        FragileRecord {
            failIfItBreaks();
        }
    }

    private static final class Holder implements Serializable {
        private static final long serialVersionUID = 1L;

        private final PipeConnection end;
        private final Fragile fragile = new Fragile();

        Holder(PipeConnection end) {
            this.end = end;
        }
    }

    /** Decodes what is inside when it is decoded itself. */
    private static final class Envelope implements Serializable {
        private static final long serialVersionUID = 1L;

        private final byte[] content;

        Envelope(Object content) {
            this.content = CODEC.encode(content);
        }

        private Object readResolve() {
            return CODEC.decode(content);
        }
    }

    private static final class HolderCodec implements Codec<Holder> {
        @Override
        public Class<Holder> type() {
            return Holder.class;
        }

        @Override
        public void write(CodecOutput out, Holder value) {
            byte[] end = Travel.bytes(value.end);
            out.writeVarInt(end.length);
            out.writeBytes(end, 0, end.length);
        }

        @Override
        public Holder read(CodecInput in) {
            byte[] end = new byte[in.readCount(1)];
            in.readBytes(end, 0, end.length);
            Holder holder = new Holder(Travel.handle(end));
            failIfItBreaks();
            return holder;
        }
    }

    private interface Target extends Supplier<String>, Serializable {}

    /** First with an end that this process has anyway, then with that the last one. */
    private void assertLeavesNothing(ObjectCodec codec, byte[] message) throws Exception {
        breaks = true;
        for (int i = 0; i < 2; i++) {
            assertThrows(DecodeException.class, () -> codec.decode(message));
        }
        assertFalse(reader.poll(), "an end that had not come with the message was closed");
        writer.send("still there");
        assertEquals("still there", reader.recv());
        assertIsLast();
    }

    /** It was not waited for: that would let a garbage collection help. */
    private void assertIsLast() throws Exception {
        writer.close();
        assertTrue(reader.poll(), "somebody has the end still");
        assertThrows(EOFException.class, reader::recv);
    }

    private void assertLeavesNothing(Function<PipeConnection, Object> message) throws Exception {
        assertLeavesNothing(CODEC, CODEC.encode(message.apply(writer)));
    }

    @Test
    void ofACollection() throws Exception {
        assertLeavesNothing(end -> List.of(end, "between", new Fragile()));
    }

    @Test
    void ofARecord() throws Exception {
        assertLeavesNothing(FragileRecord::new);
    }

    @Test
    void ofALambda() throws Exception {
        Fragile fragile = new Fragile();
        assertLeavesNothing(end -> (Target) () -> end.toString() + fragile);
    }

    @Test
    void ofAnObjectThatGoesByJavaSerialization() throws Exception {
        assertLeavesNothing(Holder::new);
    }

    @Test
    void ofAnEncodingInsideAnother() throws Exception {
        assertLeavesNothing(end -> List.of(new Envelope(end), new Fragile()));
    }

    @Test
    void ofAnEncodingInsideAnotherThatFailsItself() throws Exception {
        assertLeavesNothing(end -> List.of(end, new Envelope(List.of(end, new Fragile())), end));
    }

    @Test
    void ofACodecOfTheUsers() throws Exception {
        ObjectCodec codec = ObjectCodec.builder().codec(new HolderCodec()).build();
        assertLeavesNothing(codec, codec.encode(new Holder(writer)));
    }

    @Test
    void ofWhatAFilterRefuses() throws Exception {
        ObjectCodec codec = ObjectCodec.builder()
                .filter(info -> info.serialClass() == Fragile.class
                        ? ObjectInputFilter.Status.REJECTED
                        : ObjectInputFilter.Status.ALLOWED)
                .build();
        assertLeavesNothing(codec, CODEC.encode(List.of(writer, new Fragile())));
    }

    @Test
    void ofWhatHasNoClassHere() throws Exception {
        ClassLoader without = new ClassLoader(ArrivalTest.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (name.equals(Fragile.class.getName())) {
                    throw new ClassNotFoundException(name);
                }
                return super.loadClass(name, resolve);
            }
        };
        ObjectCodec codec = ObjectCodec.builder().classLoader(without).build();
        assertLeavesNothing(codec, CODEC.encode(List.of(writer, new Fragile())));
    }

    @Test
    void ofWhatIsCutShortOrHasTooMuch() throws Exception {
        byte[] message = CODEC.encode(List.of(writer, "last"));
        byte[] tooMuch = Arrays.copyOf(message, message.length + 1);
        assertThrows(DecodeException.class, () -> CODEC.decode(tooMuch));
        assertLeavesNothing(CODEC, Arrays.copyOf(message, message.length - 1));
    }

    @Test
    void whatCouldBeDecodedStaysOpen() throws Exception {
        List<?> both = (List<?>) CODEC.decode(CODEC.encode(List.of(new Envelope(writer), writer)));
        writer.close();
        assertFalse(reader.poll());
        for (Object end : both) {
            ((PipeConnection) end).send("from a copy");
            ((PipeConnection) end).close();
            assertEquals("from a copy", reader.recv());
        }
        assertThrows(EOFException.class, reader::recv);
    }

    @Test
    void whatIsOnlyShownGoesToNobody() throws Exception {
        try (SharedQueue<Object> queue = SharedQueue.create();
                SharedMap<String, Object> map = SharedMap.create();
                SharedList<Object> list = SharedList.create()) {
            queue.put(writer);
            map.put("key", writer);
            list.add(writer);
            for (Object each : List.of(queue, map, list)) {
                assertTrue(each.toString().contains("sends: "), each::toString);
            }
            assertIsLast();
        }
    }

    @Test
    void ofTheRestOfAnArray() throws Exception {
        try (SharedQueue<Object> queue = SharedQueue.create()) {
            queue.put(writer);
            queue.put(new Fragile());
            assertCannotBeRead(UnreadableItemException.class, queue::toArray);
            assertIsLast();
        }
    }

    /** The item is decoded again afterwards, where it can be: the end must be usable then. */
    private void assertReadAgain(Object item) throws Exception {
        PipeConnection end = (PipeConnection) ((List<?>) item).get(0);
        end.send("again");
        end.close();
        assertEquals("again", reader.recv());
        assertIsLast();
    }

    private List<Object> item() {
        return List.of(writer, new Fragile());
    }

    private static void assertCannotBeRead(Class<? extends Exception> failure, Executable read) {
        breaks = true;
        assertThrows(failure, read);
        breaks = false;
    }

    @Test
    void ofAMessageInAPipe() throws Exception {
        try (Pipe.OneWay other = Pipe.oneWay()) {
            other.writer().send(item());
            assertCannotBeRead(DecodeException.class, other.reader()::recv);
            assertIsLast();
        }
    }

    @Test
    void ofAnItemOfAQueue() throws Exception {
        try (SharedQueue<Object> queue = SharedQueue.create()) {
            queue.put(item());
            breaks = true;
            UnreadableItemException told = assertThrows(UnreadableItemException.class, queue::take);
            assertThrows(DecodeException.class, () -> CODEC.decode(told.bytes()));
            breaks = false;
            assertReadAgain(CODEC.decode(told.bytes()));
        }
    }

    @Test
    void ofAValueInAMap() throws Exception {
        try (SharedMap<String, Object> map = SharedMap.create()) {
            map.put("key", item());
            assertCannotBeRead(DecodeException.class, () -> map.get("key"));
            assertReadAgain(map.get("key"));
        }
    }

    @Test
    void ofAnElementOfAList() throws Exception {
        try (SharedList<Object> list = SharedList.create()) {
            list.add(item());
            assertCannotBeRead(DecodeException.class, () -> list.get(0));
            assertReadAgain(list.get(0));
        }
    }
}
