package io.muster.ipc.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Any name is a file name, none like another's. */
class ObjectNameTest {
    private static final List<String> NAMES = List.of(
            "counts", "a b", "a/b", "..", "a%b", "%41", "A", "a", "\n", "\0", "Größe", "猫", "😀", "x.y-z_1", " ");

    @Test
    void everyNameHasAFileOfItsOwnAndComesBack() {
        Set<String> files = new HashSet<>();
        for (String name : NAMES) {
            String file = ObjectName.encode(name);
            assertTrue(file.matches("[A-Za-z0-9._%-]+"), file);
            assertTrue(files.add(file), file);
            assertEquals(name, ObjectName.decode(file));
        }
    }

    @Test
    void whatNobodyEncodedIsNoName() {
        for (String file : List.of("", "%", "%4", "%zz", "%41", "a b", "%c3%b6", "%FF", "ö")) {
            assertNull(ObjectName.decode(file), file);
        }
    }

    @Test
    void emptyAndHalfCharactersAndTooMuchAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> ObjectName.encode(""));
        assertThrows(IllegalArgumentException.class, () -> ObjectName.encode("x\ud83d"));
        assertThrows(NullPointerException.class, () -> ObjectName.encode(null));
        assertEquals(180, ObjectName.encode("x".repeat(180)).length());
        String refused = assertThrows(IllegalArgumentException.class, () -> ObjectName.encode("猫".repeat(21)))
                .getMessage();
        assertTrue(refused.contains("takes 189 bytes as a file name, and 180 is the most"), refused);
    }
}
