package io.muster.internal.inherit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClassLocationTest {
    @Test
    void plainFilesAndDirectories() throws IOException {
        assertEquals(location("/lib/a b.jar"), ClassLocation.ofRoot(url("file:/lib/a%20b.jar")));
        assertEquals(location("/lib/a b.jar"), ClassLocation.ofRoot(url("file:/lib/a b.jar")));
        assertEquals(location("/classes"), ClassLocation.ofRoot(url("file:/classes/")));
        assertEquals(location("/lib/a.jar"), ClassLocation.ofRoot(url("jar:file:/lib/a.jar!/")));
    }

    @Test
    void nestedJarsAndDirectoriesInBothSpellings() throws IOException {
        assertEquals(
                location("/app.jar", "BOOT-INF/lib/a.jar"),
                ClassLocation.ofRoot(url("jar:file:/app.jar!/BOOT-INF/lib/a.jar!/")));
        assertEquals(
                location("/app.jar", "BOOT-INF/lib/a.jar"),
                ClassLocation.ofRoot(url("jar:nested:/app.jar/!BOOT-INF/lib/a.jar!/")));
        assertEquals(
                location("/app.jar", "BOOT-INF/classes"),
                ClassLocation.ofRoot(url("jar:file:/app.jar!/BOOT-INF/classes!/")));
        assertEquals(
                location("/app.jar", "BOOT-INF/classes"),
                ClassLocation.ofRoot(url("jar:nested:/app.jar/!BOOT-INF/classes/!/")));
    }

    @Test
    void whatHoldsAResource() throws IOException {
        assertEquals(location("/classes"), ClassLocation.ofResource(url("file:/classes/a/B.class"), "a/B.class"));
        assertEquals(
                location("/app.jar", "BOOT-INF/classes"),
                ClassLocation.ofResource(url("jar:nested:/app.jar/!BOOT-INF/classes/!/a/B.class"), "a/B.class"));
        assertEquals(location("/x.jar"), ClassLocation.ofResource(url("jar:file:/x.jar!/a/B.class"), "a/B.class"));
    }

    @Test
    void whatIsNotOnDiskHasNone() throws IOException {
        assertTrue(ClassLocation.ofRoot(url("http://example.com/a.jar")).isEmpty());
        assertTrue(ClassLocation.ofResource(url("memory:A.class"), "A.class").isEmpty());
    }

    private static Optional<ClassLocation> location(String file, String... inner) {
        return Optional.of(new ClassLocation(Path.of(file), List.of(inner)));
    }

    /** Any protocol will do: nothing is opened. */
    private static URL url(String text) throws IOException {
        return new URL(null, text, new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) throws IOException {
                throw new IOException("not opened here");
            }

            @Override
            protected void parseURL(URL url, String spec, int start, int limit) {
                String protocol = spec.substring(0, start - 1);
                setURL(url, protocol, "", -1, "", null, spec.substring(start), null, null);
            }
        });
    }
}
