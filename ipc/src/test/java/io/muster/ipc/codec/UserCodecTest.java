package io.muster.ipc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.codec.DecodeException.Reason;
import io.muster.ipc.codec.Fixtures.Socket;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserCodecTest {
    /** Has a constructor without arguments, so a reader finds it by its name. */
    public static class SocketCodec implements Codec<Socket> {
        @Override
        public Class<Socket> type() {
            return Socket.class;
        }

        @Override
        public void write(CodecOutput out, Socket value) {
            out.writeVarInt(value.port);
            out.writeObject(List.of("nested", value.port));
        }

        @Override
        public Socket read(CodecInput in) {
            Socket socket = new Socket(in.readVarInt());
            assertEquals(List.of("nested", socket.port), in.readObject());
            return socket;
        }
    }

    private static final class Tls extends Socket {
        Tls(int port) {
            super(port);
        }
    }

    private final ObjectCodec writing =
            ObjectCodec.builder().codec(new SocketCodec()).build();

    @Test
    void carriesWhatWouldNotTravel() {
        List<?> back = (List<?>) writing.decode(writing.encode(List.of(new Socket(80), new Socket(81))));
        assertEquals(81, ((Socket) back.get(1)).port);
    }

    @Test
    void servesSubclassesToo() {
        Socket back = (Socket) writing.decode(writing.encode(new Tls(443)));
        assertEquals(Socket.class, back.getClass());
    }

    @Test
    void isFoundByNameWhereItWasNotRegistered() {
        byte[] bytes = writing.encode(new Socket(80));
        assertEquals(80, ((Socket) ObjectCodec.standard().decode(bytes)).port);
    }

    @Test
    void servicesAreFoundByTheGivenLoader(@TempDir Path directory) throws IOException {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(Codec.class.getName()), SocketCodec.class.getName());
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            ObjectCodec codec = ObjectCodec.builder().classLoader(loader).build();
            assertEquals(80, ((Socket) codec.decode(codec.encode(new Socket(80)))).port);
        }
        Files.writeString(services.resolve(Codec.class.getName()), "no.such.Codec");
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            ObjectCodec codec = ObjectCodec.builder().classLoader(loader).build();
            EncodeException e = assertThrows(EncodeException.class, () -> codec.encode(new Socket(80)));
            assertTrue(e.getMessage().contains("no.such.Codec"), e.getMessage());
        }
    }

    @Test
    void theNearestTypeWins() {
        Codec<Tls> special = new Codec<>() {
            @Override
            public Class<Tls> type() {
                return Tls.class;
            }

            @Override
            public void write(CodecOutput out, Tls value) {
                out.writeInt(value.port);
            }

            @Override
            public Tls read(CodecInput in) {
                return new Tls(in.readInt());
            }
        };
        ObjectCodec both =
                ObjectCodec.builder().codec(new SocketCodec()).codec(special).build();
        assertEquals(Tls.class, both.decode(both.encode(new Tls(1))).getClass());
        assertEquals(Socket.class, both.decode(both.encode(new Socket(1))).getClass());
        DecodeException e = assertThrows(DecodeException.class, () -> writing.decode(both.encode(new Tls(1))));
        assertEquals(Reason.CLASS_MISSING, e.reason());
        assertTrue(
                e.getMessage().endsWith("give it to ObjectCodec.builder().codec(..) on this side too"), e.getMessage());
    }

    @Test
    void goesBeforeRecordsAndEnumsAndJavaSerialization() {
        Codec<Record> records = new Codec<>() {
            @Override
            public Class<Record> type() {
                return Record.class;
            }

            @Override
            public void write(CodecOutput out, Record value) {
                out.writeString(value.toString());
            }

            @Override
            public Record read(CodecInput in) {
                return new Fixtures.Holder(in.readString());
            }
        };
        ObjectCodec codec = ObjectCodec.builder().codec(records).build();
        assertEquals(
                List.of(new Fixtures.Holder("Empty[]"), new Fixtures.Holder("Empty[]")),
                codec.decode(codec.encode(List.of(new Fixtures.Empty(), new Fixtures.Empty()))));
    }

    @Test
    void mayNotTakeATypeThatIsOurs() {
        Codec<String> strings = new Codec<>() {
            @Override
            public Class<String> type() {
                return String.class;
            }

            @Override
            public void write(CodecOutput out, String value) {}

            @Override
            public String read(CodecInput in) {
                return "";
            }
        };
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> ObjectCodec.builder().codec(strings));
        assertTrue(e.getMessage().endsWith("is for java.lang.String, which ObjectCodec always writes in its own way"));
    }

    /** Changes what it does with every use. */
    public static final class Faulty extends SocketCodec {
        static int version = 1;
        static boolean readsTooLittle;
        static boolean fails;

        @Override
        public int version() {
            return version;
        }

        @Override
        public void write(CodecOutput out, Socket value) {
            if (fails) {
                throw new IllegalStateException("no");
            }
            super.write(out, value);
        }

        @Override
        public Socket read(CodecInput in) {
            if (fails) {
                throw new IllegalStateException("no");
            }
            return readsTooLittle ? new Socket(in.readVarInt()) : super.read(in);
        }
    }

    @Test
    void faultsAreNamed() {
        ObjectCodec codec = ObjectCodec.builder().codec(new Faulty()).build();
        byte[] bytes = codec.encode(new Socket(1));
        String name = "the codec " + Faulty.class.getName();
        Faulty.readsTooLittle = true;
        assertEquals(name + " left 16 of 17 bytes unread", failure(codec, bytes));
        Faulty.readsTooLittle = false;
        Faulty.fails = true;
        assertEquals(name + " failed to read: java.lang.IllegalStateException: no", failure(codec, bytes));
        EncodeException refused = assertThrows(EncodeException.class, () -> codec.encode(new Socket(1)));
        assertTrue(refused.getMessage().startsWith(name + " failed to write a " + Socket.class.getName()));
        Faulty.fails = false;
        Faulty.version = 2;
        ObjectCodec newer = ObjectCodec.builder().codec(new Faulty()).build();
        assertEquals(name + " has version 2 here, but wrote version 1", failure(newer, bytes));
        Faulty.version = 1;
    }

    private static String failure(ObjectCodec codec, byte[] bytes) {
        return assertThrows(DecodeException.class, () -> codec.decode(bytes)).getMessage();
    }
}
