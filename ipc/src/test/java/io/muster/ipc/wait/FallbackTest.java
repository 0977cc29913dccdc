package io.muster.ipc.wait;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.ipc.memory.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is loaded when, and what happens where it cannot be loaded; each in a JVM of its own. */
class FallbackTest {
    @TempDir
    Path directory;

    private record Run(String output, String classes) {
        int linesWith(String text) {
            return (int) output.lines().filter(line -> line.contains(text)).count();
        }
    }

    private Run run(String what, String... flags) throws Exception {
        Path classes = directory.resolve("classes.log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.add("-Xlog:class+load:file=" + classes);
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), what));
        Path output = directory.resolve("output");
        Process child = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertTrue(child.waitFor(60, TimeUnit.SECONDS), "the child hangs");
        String said = Files.readString(output);
        assertEquals(0, child.exitValue(), said);
        return new Run(said, Files.readString(classes, StandardCharsets.ISO_8859_1));
    }

    @Test
    void nothingNativeIsLoadedBeforeSomebodySleeps() throws Exception {
        assertFalse(run("awake").classes.contains("com.sun.jna"));
        assumeTrue(NativeLayer.futex() != null, "no futex here");
        Run asleep = run("asleep");
        assertTrue(asleep.classes.contains("com.sun.jna.Native "));
        assertFalse(asleep.classes.contains("java.lang.ProcessBuilder "), "a subprocess was started to load JNA");
    }

    @Test
    void withoutJnaOneLineSaysWhatIsSlowerAndWhatHelps() throws Exception {
        assumeTrue(SyscallNumbers.ofThisMachine() != null, "not a machine with futex");
        Run run =
                run("asleep", "-Djna.nounpack=true", "-Djna.noclasspath=true", "-Djna.boot.library.path=" + directory);
        assertEquals(1, run.linesWith("polling"), run.output);
        assertEquals(1, run.linesWith("jna.tmpdir"), run.output);
        assertEquals(1, run.linesWith(Parking.PORTABLE_PROPERTY), run.output);
        assertEquals(1, run.linesWith("native calls: false"), run.output);
    }

    @Test
    void pollingOnRequestIsSilentAndLoadsNothing() throws Exception {
        Run run = run("asleep", "-D" + Parking.PORTABLE_PROPERTY + "=true");
        assertEquals(0, run.linesWith("polling"), run.output);
        assertFalse(run.classes.contains("com.sun.jna"));
    }

    @Test
    void anUnknownProcessorPolls() throws Exception {
        Run run = run("asleep", "-Dos.arch=riscv128");
        assertEquals(1, run.linesWith("riscv128"), run.output);
        assertFalse(run.classes.contains("com.sun.jna"));
    }

    @Test
    void aLibraryLaidReadyIsNotUnpackedAgain() throws Exception {
        assumeTrue(NativeLayer.futex() != null, "no futex here");
        NativeLibraryFile.unpackTo(directory);
        Path empty = Files.createDirectory(directory.resolve("temp"));
        Run run = run(
                "asleep",
                "-D" + NativeLayer.LIBRARY_PROPERTY + "=" + directory,
                "-Djna.tmpdir=" + empty.resolve("not-there"));
        assertEquals(0, run.linesWith("polling"), run.output);
        assertEquals(1, run.linesWith("native calls: true"), run.output);
    }

    /** The JVM under test. */
    static final class Main {
        public static void main(String[] args) throws IOException, InterruptedException {
            Memory memory = Memory.wrap(ByteBuffer.allocateDirect(64));
            WaitWord word = new WaitWord(memory, 0);
            Waiter waiter = Waiter.create();
            word.wakeAll();
            waiter.await(word, () -> true, Deadline.never());
            if (args[0].equals("asleep")) {
                waiter.await(word, () -> false, Deadline.afterNanos(2_000_000));
                waiter.await(word, () -> false, Deadline.afterNanos(2_000_000));
                word.arm();
                word.wakeAll();
                Parking.preload(); // the sleep has only begun to load it, in the background
                if (!Boolean.getBoolean(Parking.PORTABLE_PROPERTY)) {
                    System.out.println("native calls: " + NativeProcess.isAvailable());
                }
            }
        }
    }
}
