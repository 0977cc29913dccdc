package io.muster.child;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The record between a parent and its child. */
class BootstrapTest {
    private static Bootstrap record(Target target) {
        return new Bootstrap(
                "näme",
                Bootstrap.DAEMON | Bootstrap.MAY_HAVE_CHILDREN,
                Long.MAX_VALUE,
                "main",
                "/dev/shm/x",
                -1,
                "token",
                "/dev/shm/x/child-1",
                "a/b",
                "",
                target);
    }

    private static byte[] written(Bootstrap record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        record.writeTo(out);
        return out.toByteArray();
    }

    @Test
    void comesBackAsItWasWrittenAndNotAByteMoreIsRead() throws IOException {
        byte[] bytes = written(record(Target.main("x.Main", "", "ü \0", "-x")));
        byte[] withFrame = Arrays.copyOf(bytes, bytes.length + 1);
        withFrame[bytes.length] = Control.INTERRUPT;
        ByteArrayInputStream in = new ByteArrayInputStream(withFrame);
        Bootstrap read = Bootstrap.readFrom(in);
        assertEquals("näme", read.name());
        assertTrue(read.has(Bootstrap.DAEMON) && !read.has(Bootstrap.SURVIVES_PARENT));
        assertEquals(Long.MAX_VALUE, read.parentPid());
        assertEquals(-1, read.partyId());
        assertEquals("a/b", read.cookie());
        assertArrayEquals(new String[] {"", "ü \0", "-x"}, read.target().arguments());
        assertEquals(Control.INTERRUPT, in.read());
    }

    @Test
    void anEndBeforeTheFirstByteMeansThatTheParentIsGone() throws IOException {
        assertNull(Bootstrap.readFrom(new ByteArrayInputStream(new byte[0])));
    }

    @Test
    void everyTruncationAndDamageIsAnErrorAndNeverALargeAllocation() throws IOException {
        byte[] bytes = written(record(Target.lambda(new byte[100])));
        for (int length = 1; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(IOException.class, () -> Bootstrap.readFrom(new ByteArrayInputStream(cut)));
        }
        for (int i = 12; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 0x40;
            try {
                Bootstrap.readFrom(new ByteArrayInputStream(damaged));
            } catch (IOException | IllegalStateException e) {
                assertTrue(e.getMessage().contains("bootstrap record"), e::getMessage);
            }
        }
    }

    @Test
    void anotherVersionIsNamed() throws IOException {
        byte[] bytes = written(record(Target.lambda(new byte[1])));
        bytes[7] = 9;
        IOException e = assertThrows(IOException.class, () -> Bootstrap.readFrom(new ByteArrayInputStream(bytes)));
        assertEquals(
                "bootstrap record has version 9, this child reads version 1: parent and child use different versions of"
                        + " the library",
                e.getMessage());
    }
}
