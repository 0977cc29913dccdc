package io.muster.ipc.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.codec.DecodeException;
import io.muster.ipc.codec.ObjectCodec;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value whose class one program has and the other has not: an error that names it, and all the rest goes on. */
class MissingClassTest {
    private static final String NAME = "OnlyThere";

    @TempDir
    Path temp;

    private URLClassLoader there;
    private Object value;

    @BeforeEach
    void compile() throws Exception {
        Path source = Files.writeString(
                temp.resolve(NAME + ".java"), "public record " + NAME + "(int n) implements java.io.Serializable {}");
        assertEquals(
                0,
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-d", temp.toString(), source.toString()));
        there = new URLClassLoader(new URL[] {temp.toUri().toURL()}, MissingClassTest.class.getClassLoader());
        value = there.loadClass(NAME).getConstructor(int.class).newInstance(7);
    }

    @AfterEach
    void close() throws IOException {
        there.close();
    }

    private static void assertMissing(DecodeException failed) {
        assertEquals(DecodeException.Reason.CLASS_MISSING, failed.reason());
        assertTrue(failed.getMessage().contains(NAME), failed.getMessage());
    }

    @Test
    void aMapGoesOnAndWhoHasTheClassReadsIt() {
        try (SharedMap<String, Object> map = SharedMap.create()) {
            map.put("k", value);
            map.put("other", 1);
            assertMissing(assertThrows(DecodeException.class, () -> map.get("k")));
            assertMissing(assertThrows(DecodeException.class, () -> map.compute("k", (key, old) -> 1)));
            assertMissing(assertThrows(DecodeException.class, () -> map.merge("k", 1, (old, one) -> one)));
            assertEquals(2, map.size());
            assertTrue(map.containsKey("k"));
            assertEquals(1, map.get("other"));
            SharedMap<String, Object> withClass =
                    map.using(ObjectCodec.builder().classLoader(there).build());
            assertEquals(value, withClass.get("k"));
            assertEquals("new", withClass.compute("k", (key, old) -> value.equals(old) ? "new" : "wrong"));
            assertEquals("new", map.get("k"));
        }
    }

    @Test
    void aListGoesOn() {
        try (SharedList<Object> list = SharedList.create()) {
            list.add(value);
            list.add(1);
            assertMissing(assertThrows(DecodeException.class, () -> list.get(0)));
            assertMissing(assertThrows(DecodeException.class, () -> list.update(0, old -> 1)));
            assertEquals(1, list.get(1));
            assertEquals(2, list.size());
            list.subList(0, 1).clear();
            assertFalse(list.isEmpty());
            assertEquals(1, list.get(0));
        }
    }
}
