package io.muster.internal.inherit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a real child sees of the options of a real parent. */
@Timeout(120)
class OptionsReachChildTest {
    private static final String SOURCE = """
            import io.muster.ChildProcess;
            import java.lang.management.ManagementFactory;
            import java.nio.file.*;

            public class Options {
                public static void main(String[] args) throws Exception {
                    ChildProcess child = ChildProcess.named("child").heap("32m").start(() -> report());
                    child.join();
                    System.out.println(child.exitStatus().get());
                }

                static void report() throws Exception {
                    StringBuilder text = new StringBuilder();
                    for (String name : new String[] {"tool", "launcher", "late", "file", "line"}) {
                        text.append(name + "=" + System.getProperty("reach." + name) + "\\n");
                    }
                    text.append("variable=" + System.getenv("JAVA_TOOL_OPTIONS") + "\\n");
                    text.append("pid=" + ProcessHandle.current().pid() + "\\n");
                    text.append("arguments=" + ManagementFactory.getRuntimeMXBean().getInputArguments() + "\\n");
                    Files.writeString(Path.of(System.getProperty("reach.answers"), "report"), text);
                }
            }
            """;

    @TempDir
    Path temp;

    private Path program;

    @BeforeEach
    void compile() throws IOException {
        Path[] muster = OwnJars.paths().stream().map(Path::of).toArray(Path[]::new);
        program = Programs.compile(temp.resolve("program"), "Options", SOURCE, muster);
    }

    @Test
    void fromTheCommandLineTheVariablesAndArgumentFilesButOnce() throws Exception {
        Path file = Files.writeString(temp.resolve("file.args"), "-Dreach.file=\"d e\" # comment\n");
        ParentProgram parent = new ParentProgram(temp)
                .with("JAVA_TOOL_OPTIONS", "-Dreach.tool=a " + debugger())
                .with("JDK_JAVA_OPTIONS", "-Dreach.launcher='b c'")
                .with("_JAVA_OPTIONS", "-Dreach.late=f");
        run(parent, "@" + file, "-Dreach.line=g", "-Xmx64m", "-XX:+UseParallelGC");
        String report = Files.readString(temp.resolve("report"));
        assertTrue(report.startsWith("tool=a\nlauncher=b c\nlate=f\nfile=d e\nline=g\nvariable=null\n"), report);
        assertFalse(report.contains("jdwp"), report);
        assertFalse(report.contains("ParallelGC"), report);
        assertTrue(report.contains("-Xmx32m"), report);
        assertFalse(report.contains("-Xmx64m"), report);
        assertEquals(2, count(parent.output(), "Picked up JAVA_TOOL_OPTIONS|Picked up _JAVA_OPTIONS"), parent.output());
    }

    @Test
    void noTwoProcessesWriteOneFile() throws Exception {
        run(
                new ParentProgram(temp),
                "-Xlog:gc*:file=gc.log",
                "-Xlog:safepoint",
                "-XX:StartFlightRecording=filename=" + temp.resolve("parent.jfr") + ",settings=default");
        String pid = Files.readString(temp.resolve("report"))
                .lines()
                .filter(line -> line.startsWith("pid="))
                .findFirst()
                .orElseThrow()
                .substring("pid=".length());
        assertTrue(Files.exists(temp.resolve("gc.log")), "the parent's");
        assertTrue(Files.exists(temp.resolve("gc-" + pid + ".log")), "the child's");
        assertTrue(Files.exists(temp.resolve("parent.jfr")), "the parent's");
        try (Stream<Path> files = Files.list(temp)) {
            assertTrue(files.map(path -> path.getFileName().toString())
                    .anyMatch(name -> name.startsWith("hotspot-pid-" + pid) && name.endsWith(".jfr")));
        }
    }

    private static String debugger() {
        return "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0";
    }

    private void run(ParentProgram parent, String... options) throws IOException, InterruptedException {
        List<String> all = Stream.of(
                        Stream.of("-D" + ParentProgram.ANSWERS + "=" + temp),
                        Stream.of(options),
                        Stream.of("-cp", program + ":" + Programs.path(OwnJars.paths()), "Options"))
                .flatMap(stream -> stream)
                .toList();
        parent.run("java", all);
    }

    private static int count(String text, String regex) {
        return text.split(regex, -1).length - 1;
    }
}
