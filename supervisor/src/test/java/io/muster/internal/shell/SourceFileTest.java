package io.muster.internal.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFileTest {
    @TempDir
    private Path dir;

    @Test
    void aFileBecomesAJarWithAllItsClasses() throws Exception {
        Path file = Files.writeString(
                dir.resolve("Two.java"),
                "package p; class Helper { static int one() { return 1; } }"
                        + " public class Two { public static int of(String s) { return Helper.one() + s.length(); } }");
        SourceFile source = SourceFile.compile(file, ".");
        assertEquals("p.Two", source.mainClass());
        Path jar = dir.resolve("classes");
        source.writeJar(jar);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
            Object result =
                    loader.loadClass("p.Two").getMethod("of", String.class).invoke(null, "abc");
            assertEquals(4, result);
        }
    }

    @Test
    void anErrorIsToldWithItsLine() throws IOException {
        Path file = Files.writeString(dir.resolve("Bad.java"), "class Bad {\n int x = \"\";\n}");
        String message = assertThrows(IllegalArgumentException.class, () -> SourceFile.compile(file, "."))
                .getMessage();
        assertTrue(message.contains("Bad.java:2"), message);
    }

    @Test
    void aFileThatIsNotThereIsSaid() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> SourceFile.compile(dir.resolve("No.java"), "."))
                .getMessage();
        assertTrue(message.contains("No.java"), message);
    }
}
