package io.muster.internal.inherit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.child.ClassServerAddress;
import io.muster.child.ServedClassLoader;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ClassServerTest {
    @TempDir
    Path temp;

    private URLClassLoader origin;
    private ClassServer.Lease lease;

    @BeforeEach
    void serve() throws IOException {
        Path classes = Programs.compileWord(temp.resolve("classes"), "Word", "served");
        Files.writeString(classes.resolve("text.txt"), "Grüße");
        origin = new URLClassLoader(new URL[] {classes.toUri().toURL()}, null);
        lease = ClassServer.lease(new ClassSource(origin, null), temp);
    }

    @AfterEach
    void end() throws IOException {
        lease.close();
        origin.close();
        try (Stream<Path> files = Files.list(temp)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.toString().contains("classes-"))
                            .filter(Files::isRegularFile)
                            .toList());
        }
    }

    @Test
    void classesAndResourcesArrive() throws Exception {
        ClassLoader child = child();
        assertEquals("served", ClassPathFinderTest.word(child));
        try (var in = child.getResourceAsStream("text.txt")) {
            assertArrayEquals("Grüße".getBytes(java.nio.charset.StandardCharsets.UTF_8), in.readAllBytes());
        }
        assertEquals(1, Collections.list(child.getResources("text.txt")).size());
        assertNull(child.getResource("none.txt"));
        ClassNotFoundException e = assertThrows(ClassNotFoundException.class, () -> child.loadClass("not.Here"));
        assertTrue(e.getMessage().startsWith("not.Here"), e.getMessage());
    }

    @Test
    void classesOfTheJdkAreNotServed() throws Exception {
        assertEquals(List.of(), new ClassSource(origin, null).classBytes("java.util.List"));
        assertEquals(List.of(), new ClassSource(origin, null).resource("java/util/List.class"));
    }

    @Test
    void aGrandchildIsServedThroughTheChild() throws Exception {
        ClassLoader child = child();
        try (ClassServer.Lease second = ClassServer.lease(new ClassSource(child, null), temp)) {
            ClassLoader grandchild = new ServedClassLoader(null, second.address());
            assertEquals("served", ClassPathFinderTest.word(grandchild));
        }
    }

    @Test
    void withoutTheTokenNothingIsServed() {
        ClassLoader stranger = new ServedClassLoader(
                null, new ClassServerAddress(lease.address().socket(), "0".repeat(ClassServerAddress.TOKEN_LENGTH)));
        assertThrows(ClassNotFoundException.class, () -> stranger.loadClass("Word"));
    }

    @Test
    void aParentThatIsGoneFailsAtOnce() {
        ClassLoader child = child();
        assertThrows(ClassNotFoundException.class, () -> child.loadClass("not.Here"));
        lease.close();
        ClassNotFoundException e = assertThrows(ClassNotFoundException.class, () -> child.loadClass("Word"));
        assertTrue(e.getMessage().contains("does not answer"), e.getMessage());
        assertFalse(Files.exists(Path.of(lease.address().socket())));
    }

    @Test
    void anInterruptedThreadGetsItsClassAndStaysInterrupted() throws Exception {
        Thread.currentThread().interrupt();
        assertEquals("served", ClassPathFinderTest.word(child()));
        assertTrue(Thread.interrupted());
    }

    @Test
    void manyChildrenAndThreadsAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<String>> words = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                ClassLoader child = child();
                for (int k = 0; k < 4; k++) {
                    words.add(threads.submit(() -> ClassPathFinderTest.word(child)));
                }
            }
            for (Future<String> word : words) {
                assertEquals("served", word.get(20, TimeUnit.SECONDS));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aPathTooLongForASocketIsAvoided() throws Exception {
        lease.close();
        Path deep = Files.createDirectories(temp.resolve("d".repeat(120)));
        lease = ClassServer.lease(new ClassSource(origin, null), deep);
        assertEquals("served", ClassPathFinderTest.word(child()));
    }

    private ClassLoader child() {
        return new ServedClassLoader(null, lease.address());
    }
}
