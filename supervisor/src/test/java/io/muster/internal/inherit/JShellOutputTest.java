package io.muster.internal.inherit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What children print in JShell, where nobody reads the descriptor that they would inherit. */
@Timeout(120)
class JShellOutputTest {
    private static final String SNIPPETS = """
            import io.muster.*;
            void go() throws Exception {
                ChildProcess child = ChildProcess.named("child").heap("32m").start(() -> {
                    for (int i = 0; i < 20_000; i++) System.out.println("line " + i);
                    System.err.println("complaint");
                });
                child.join();
                System.out.println("ended " + child.exitStatus().get());
            }
            go()
            int answer(int i) { System.out.println("task " + i); return i; }
            try (ProcessPool pool = ProcessPool.builder().workers(1).heap("32m").start()) { pool.apply(i -> answer(i), 7); }
            /exit
            """;

    @TempDir
    Path temp;

    @Test
    void isShownAndMoreOfItThanAPipeHolds() throws Exception {
        ParentProgram jshell = new ParentProgram(temp).input(SNIPPETS);
        String path = Programs.path(OwnJars.paths());
        jshell.run("jshell", List.of("-J-Djava.util.prefs.userRoot=" + temp, "--class-path", path, "-s", "-"));
        for (String line : List.of("line 0", "line 19999", "complaint", "ended exit code 0", "task 7")) {
            assertTrue(jshell.output().lines().anyMatch(line::equals), () -> line + ": " + jshell.output());
        }
    }
}
