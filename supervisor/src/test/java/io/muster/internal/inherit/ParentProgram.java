package io.muster.internal.inherit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real parent: a JVM with a program of the test's, that starts children in turn. */
final class ParentProgram {
    private static final int LIMIT_SECONDS = 60;

    /** System property with the directory for the answers; children inherit it. */
    static final String ANSWERS = "reach.answers";

    /** Starts a child that writes down {@code Word.word()}, and that starts a child which does so too. */
    static final String SOURCE = """
            import io.muster.ChildProcess;
            import java.nio.file.*;

            public class Reach {
                public static void main(String[] args) throws Exception {
                    ChildProcess child = ChildProcess.named("child").heap("32m").start(() -> {
                        answer("child");
                        ChildProcess.named("grandchild").heap("32m").start(() -> answer("grandchild")).join();
                    });
                    child.join();
                    System.out.println(child.exitStatus().get());
                }

                static void answer(String who) throws Exception {
                    Files.writeString(Path.of(System.getProperty("reach.answers"), who), Word.word());
                }
            }
            """;

    private final Map<String, String> environment = new HashMap<>();
    private final Path directory;
    private String input = "";
    private String output;

    /** @param directory its working directory, for files of the test as well */
    ParentProgram(Path directory) {
        this.directory = directory;
    }

    ParentProgram with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    ParentProgram input(String text) {
        input = text;
        return this;
    }

    /** Runs a command of this JDK to its end. */
    ParentProgram run(String tool, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
        command.addAll(arguments);
        Path out = Files.createTempFile(directory, "output", ".txt");
        Path in = Files.writeString(Files.createTempFile(directory, "input", ".txt"), input);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        output = Files.readString(out);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertTrue(ended, () -> command + " did not end within " + LIMIT_SECONDS + " s: " + output);
        assertEquals(0, process.exitValue(), () -> command + ": " + output);
        return this;
    }

    String output() {
        return output;
    }

    /** Child and grandchild wrote down that word. */
    void assertBothSay(String word) throws IOException {
        for (String who : List.of("child", "grandchild")) {
            Path answer = directory.resolve(who);
            assertTrue(Files.exists(answer), () -> who + " wrote nothing: " + output);
            assertEquals(word, Files.readString(answer));
        }
    }
}
