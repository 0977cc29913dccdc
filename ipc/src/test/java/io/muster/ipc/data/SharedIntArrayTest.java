package io.muster.ipc.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.Segment;
import io.muster.ipc.memory.SegmentException;
import io.muster.ipc.memory.SessionDirectory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

/** In one process; that another process sees the same elements is shown by the sample {@code mandelbrot} and its test. */
class SharedIntArrayTest {
    @Test
    void beginsWithZerosAndKeepsWhatIsStored() {
        try (SharedIntArray array = SharedIntArray.create(1_000)) {
            assertEquals(1_000, array.length());
            for (int i = 0; i < array.length(); i++) {
                assertEquals(0, array.get(i));
                array.set(i, i * 7 - 3_000);
            }
            for (int i = 0; i < array.length(); i++) {
                assertEquals(i * 7 - 3_000, array.get(i));
            }
        }
    }

    @Test
    void rowsAreWrittenAndReadAtOnce() {
        try (SharedIntArray array = SharedIntArray.create(6)) {
            array.set(2, new int[] {1, 2, 3});
            int[] all = new int[6];
            array.get(0, all);
            assertArrayEquals(new int[] {0, 0, 1, 2, 3, 0}, all);
        }
    }

    @Test
    void refusesPlacesOutsideOfIt() {
        try (SharedIntArray array = SharedIntArray.create(3);
                SharedIntArray empty = SharedIntArray.create(0)) {
            assertThrows(IndexOutOfBoundsException.class, () -> array.get(3));
            assertThrows(IndexOutOfBoundsException.class, () -> array.set(-1, 0));
            assertThrows(IndexOutOfBoundsException.class, () -> array.set(2, new int[2]));
            assertThrows(IndexOutOfBoundsException.class, () -> array.get(1, new int[3]));
            assertThrows(IndexOutOfBoundsException.class, () -> empty.get(0));
        }
        assertThrows(IllegalArgumentException.class, () -> SharedIntArray.create(-1));
    }

    @Test
    void useAfterCloseIsAnException() {
        SharedIntArray array = SharedIntArray.create(3);
        array.close();
        array.close();
        assertThrows(IllegalStateException.class, () -> array.get(0));
        assertThrows(IllegalStateException.class, () -> array.set(0, 1));
        assertThrows(IllegalStateException.class, () -> copy(array));
        assertTrue(array.toString().contains("closed"));
    }

    @Test
    void itsHandleTravelsAndMeansTheSameElements() throws Exception {
        try (SharedIntArray array = SharedIntArray.create(3)) {
            assertSame(array, copy(array));
        }
    }

    @Test
    void theFileGoesWithItsMaker() throws Exception {
        SharedIntArray array = SharedIntArray.create(3);
        byte[] handle = bytes(array);
        String[] files = SessionDirectory.current().path().toFile().list((dir, name) -> name.startsWith("ints-"));
        assertTrue(files.length > 0);
        array.close();
        assertThrows(SegmentException.class, () -> object(handle));
    }

    @Test
    void aSegmentOfAnotherKindIsRefused() throws Exception {
        SharedIntArray array = SharedIntArray.create(3);
        byte[] handle = bytes(array);
        String text = array.toString();
        String name = text.substring(text.indexOf("ints-"), text.indexOf(']', text.indexOf("ints-")));
        array.close();
        Segment other = Segment.create(SessionDirectory.current().path().resolve(name), 77, 1, 100);
        assertThrows(SegmentException.class, () -> object(handle));
        other.unlink();
        assertFalse(other.path().toFile().exists());
    }

    private static Object copy(SharedIntArray array) throws IOException, ClassNotFoundException {
        return object(bytes(array));
    }

    private static byte[] bytes(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private static Object object(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }
}
