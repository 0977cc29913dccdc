package io.muster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.testing.HangDump;
import io.muster.testing.Lines;
import io.muster.testing.OtherJdk;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Children on another JDK than their parent's: lambdas, results and exceptions travel between the two. */
@ExtendWith(HangDump.class)
class OtherJdkTest {
    private final Lines lines = new Lines();
    private Path home;
    private int version;

    @BeforeEach
    void find() {
        home = OtherJdk.find();
        version = OtherJdk.version(home);
    }

    private ChildBuilder child() {
        return ChildProcess.named("other").heap("32m").javaHome(home).onLine(lines);
    }

    private static void report(String word, List<Integer> numbers) {
        System.out.println("version " + Runtime.version().feature());
        System.out.println("given " + word + numbers);
    }

    @Test
    void aLambdaWithWhatItCapturesRunsThere() throws Exception {
        String word = "captured";
        List<Integer> numbers = List.of(1, 2, 3);
        ChildProcess child = child().start(() -> report(word, numbers));
        child.join();
        assertEquals(version, Integer.parseInt(lines.await("version")));
        assertEquals("captured[1, 2, 3]", lines.await("given"));
        assertTrue(child.exitStatus().orElseThrow().isSuccess(), child::toString);
        assertEquals("", child.stderrTail(), "the other JDK has nothing to complain of");
    }

    /** Runs in the child. */
    public static void main(String[] args) {
        report(args[0], List.of());
    }

    @Test
    void aMainClassRunsThere() throws Exception {
        ChildProcess child = child().startMain(OtherJdkTest.class, "argument");
        child.join();
        assertEquals(version, Integer.parseInt(lines.await("version")));
        assertEquals("argument[]", lines.await("given"));
        assertTrue(child.exitStatus().orElseThrow().isSuccess(), child::toString);
    }

    @Test
    void itsOwnChildrenRunThereToo() throws Exception {
        ChildProcess child = child().start(() -> {
            ChildProcess.named("grandchild")
                    .heap("32m")
                    .start(() -> report("grandchild", List.of()))
                    .join();
        });
        child.join();
        assertEquals(version, Integer.parseInt(lines.await("version")));
        assertTrue(child.exitStatus().orElseThrow().isSuccess(), child::toString);
    }

    @Test
    void aPoolsWorkersRunThere() throws Exception {
        try (ProcessPool pool = ProcessPool.builder()
                .workers(2)
                .heap("32m")
                .javaHome(home)
                .output(ChildOutput.lines(lines))
                .start()) {
            int offset = 1000;
            assertEquals(version + offset, pool.apply(() -> Runtime.version().feature() + offset));
            assertEquals(
                    Set.of(version),
                    Set.copyOf(pool.map(item -> Runtime.version().feature(), List.of(1, 2, 3, 4), 1)));
            IllegalStateException thrown = assertThrows(
                    IllegalStateException.class,
                    () -> pool.apply(() -> {
                        throw new IllegalStateException("from there");
                    }));
            assertEquals("from there", thrown.getMessage());
            WorkerDiedException death = assertThrows(
                    WorkerDiedException.class,
                    () -> pool.apply(() -> {
                        Runtime.getRuntime().halt(9);
                        return 0;
                    }));
            assertEquals(ExitStatus.exited(9, ""), death.exitStatus());
            assertEquals(version, pool.apply(() -> Runtime.version().feature()));
        }
        assertEquals(List.of(), lines.all(), "the workers' JVMs have nothing to complain of");
    }
}
