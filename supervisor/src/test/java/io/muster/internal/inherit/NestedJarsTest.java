package io.muster.internal.inherit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NestedJarsTest {
    @TempDir
    Path temp;

    private String formerTemp;
    private Path outer;

    @BeforeEach
    void makeJar() throws IOException {
        formerTemp = System.setProperty("java.io.tmpdir", temp.toString());
        outer = temp.resolve("app.jar");
        try (JarOutputStream out = Programs.open(outer, Map.of())) {
            Programs.addStored(out, "BOOT-INF/lib/a.jar", new byte[] {1, 2, 3});
            Programs.addStored(out, "BOOT-INF/classes/p/A.class", new byte[] {4, 5});
        }
    }

    @AfterEach
    void restoreTemp() {
        System.setProperty("java.io.tmpdir", formerTemp);
    }

    @Test
    void aNestedJarIsCopiedAndADirectoryBecomesAJar() throws IOException {
        Path jar = extract("BOOT-INF/lib/a.jar");
        assertEquals(3, Files.size(jar));
        Path classes = extract("BOOT-INF/classes");
        try (JarFile file = new JarFile(classes.toFile())) {
            assertEquals(2, file.getEntry("p/A.class").getSize());
        }
    }

    @Test
    void theSecondTimeNothingIsWritten() throws IOException {
        Path jar = extract("BOOT-INF/lib/a.jar");
        FileTime before = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(jar, before);
        assertEquals(jar, extract("BOOT-INF/lib/a.jar"));
        assertEquals(before, Files.getLastModifiedTime(jar));
    }

    @Test
    void whatIsMissingIsSaid() {
        IOException e = assertThrows(IOException.class, () -> extract("BOOT-INF/none"));
        assertTrue(e.getMessage().contains("app.jar"), e.getMessage());
    }

    @Test
    void nothingIsWrittenOutsideOfTheCache() {
        assertThrows(IOException.class, () -> extract("../../evil.jar"));
    }

    @Test
    void aCacheThatOthersMayWriteIsRefused() throws IOException {
        Path root = extract("BOOT-INF/lib/a.jar");
        while (!root.getParent().equals(temp)) {
            root = root.getParent();
        }
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxrwx"));
        IOException e = assertThrows(IOException.class, () -> extract("BOOT-INF/classes"));
        assertTrue(e.getMessage().contains("may be written by others"), e.getMessage());
    }

    @Test
    void whatIsUsedStaysAndWhatIsStaleGoes() throws IOException {
        Path used = extract("BOOT-INF/lib/a.jar");
        Path root = used;
        while (!root.getParent().equals(temp)) {
            root = root.getParent();
        }
        Path gone = entry(root, "gone", temp.resolve("no.jar") + "\n1\n1\n");
        Path old = entry(root, "old", Files.readString(find(used, root).resolve("source")));
        Files.setLastModifiedTime(
                old.resolve("source"), FileTime.from(Instant.now().minus(Duration.ofDays(8))));
        Files.delete(outer);
        assertEquals(2, JarCache.sweep(true).size());
        assertTrue(Files.exists(gone));
        List<Path> removed = JarCache.sweep(false);
        assertTrue(removed.containsAll(List.of(gone, old)), removed::toString);
        assertFalse(Files.exists(gone));
        assertTrue(Files.exists(used), "its lock is held by this process");
    }

    private static Path find(Path file, Path root) {
        Path directory = file;
        while (!directory.getParent().equals(root)) {
            directory = directory.getParent();
        }
        return directory;
    }

    private static Path entry(Path root, String name, String source) throws IOException {
        Path directory = Files.createDirectories(root.resolve(name));
        Files.writeString(directory.resolve("source"), source);
        return directory;
    }

    private Path extract(String inner) throws IOException {
        return NestedJars.extract(new ClassLocation(outer, List.of(inner)));
    }
}
