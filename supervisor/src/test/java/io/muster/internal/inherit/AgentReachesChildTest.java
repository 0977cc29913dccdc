package io.muster.internal.inherit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildBuilder;
import io.muster.ChildProcess;
import io.muster.testing.HangDump;
import io.muster.testing.Lines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A Java agent that the builder is told of, made on the spot, in a real child. */
@ExtendWith(HangDump.class)
class AgentReachesChildTest {
    private static final String SOURCE = """
            import java.lang.instrument.Instrumentation;

            public class Watcher {
                public static void premain(String options, Instrumentation instrumentation) {
                    boolean isUp = instrumentation.isRedefineClassesSupported() || instrumentation.getAllLoadedClasses().length > 0;
                    System.setProperty("watcher.saw", isUp + " " + options);
                }
            }
            """;

    private final Lines lines = new Lines();

    @TempDir
    Path temp;

    private Path jar;

    @BeforeEach
    void make() throws IOException {
        Path classes = Programs.compile(temp.resolve("watcher"), "Watcher", SOURCE);
        jar = Programs.jar(temp.resolve("the watcher.jar"), Map.of("Premain-Class", "Watcher"), classes);
    }

    private String sawIn(ChildBuilder child) throws InterruptedException {
        ChildProcess started = child.start(() -> System.out.println("saw " + System.getProperty("watcher.saw")));
        started.join();
        assertTrue(started.exitStatus().orElseThrow().isSuccess(), started::stderrTail);
        return lines.await("saw");
    }

    private ChildBuilder child() {
        return ChildProcess.named("watched").heap("32m").onLine(lines);
    }

    @Test
    void runsBeforeTheTargetWithItsOptions() throws Exception {
        assertEquals("true level=3,file=a b", sawIn(child().agent(jar, "level=3,file=a b")));
    }

    @Test
    void runsWithoutOptions() throws Exception {
        assertEquals("true null", sawIn(child().agent(jar, "")));
    }

    @Test
    void isFoundByARelativePathFromAnotherWorkingDirectory() throws Exception {
        Path relative = Path.of("").toAbsolutePath().relativize(jar);
        assertEquals("true x", sawIn(child().agent(relative, "x").directory(Path.of("/"))));
    }

    @Test
    void isGivenToTheChildsChildrenAsWell() throws Exception {
        ChildProcess child = child().agent(jar, "x").start(() -> {
            ChildProcess.named("grandchild")
                    .heap("32m")
                    .start(() -> System.out.println("saw " + System.getProperty("watcher.saw")))
                    .join();
        });
        child.join();
        assertEquals("true x", lines.await("saw"));
    }
}
