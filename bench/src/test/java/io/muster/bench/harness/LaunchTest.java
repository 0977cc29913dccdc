package io.muster.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LaunchTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @AfterEach
    void nothingIsLeftRunning() {
        try (Stream<ProcessHandle> children = ProcessHandle.current().children()) {
            assertEquals(List.of(), children.filter(ProcessHandle::isAlive).toList());
        }
    }

    @Test
    void returnsTheLinesOfAProgram() throws Exception {
        assertEquals(List.of("one", "two"), Launch.run(List.of("sh", "-c", "echo one; echo two"), LONG));
    }

    @Test
    void saysWhatAFailedProgramSaid() {
        IOException e = assertThrows(
                IOException.class, () -> Launch.run(List.of("sh", "-c", "echo no luck >&2; exit 3"), LONG));

        assertEquals("exit 3; no luck", e.getMessage());
    }

    @Test
    void endsAProgramThatTakesTooLongByItsLifeline() {
        IOException e = assertThrows(IOException.class, () -> Launch.run(List.of("cat"), Duration.ofMillis(100)));

        assertTrue(e.getMessage().startsWith("did not end within"), e.getMessage());
    }

    @Test
    void endsTheProgramWhenItIsInterrupted() {
        Thread.currentThread().interrupt();

        assertThrows(InterruptedException.class, () -> Launch.run(List.of("cat"), LONG));
    }

    @Test
    void kernelListsOfProcessorsAreUnderstood() {
        assertEquals(List.of(0, 1, 2, 8), Tools.parseCpus("0-2,8"));
        assertEquals(List.of(3), Tools.parseCpus("3"));
    }
}
