package io.muster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.ipc.memory.Segment;
import io.muster.ipc.memory.SegmentKind;
import io.muster.testing.DriverJvm;
import io.muster.testing.HangDump;
import io.muster.testing.Lines;
import io.muster.testing.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** docs/errors.md quotes what is really said: each text on it is provoked here, and nothing else stands there. */
@ExtendWith(HangDump.class)
class ErrorsPageTest {
    private static final int KIND = SegmentKind.of("TEST");
    private static final int EXIT_CODE = 7;

    @TempDir
    static Path directory;

    private static ProcessPool pool;
    private static DriverJvm poorMachine;

    private final Object field = new Object();

    /** Provokes an error; returns what was said. */
    interface Provocation {
        String said() throws Exception;
    }

    @BeforeAll
    static void start() throws IOException {
        poorMachine = poorMachine();
        pool = ProcessPool.builder()
                .workers(1)
                .heap("32m")
                .output(ChildOutput.discard())
                .start();
    }

    @AfterAll
    static void stop() {
        pool.close();
        poorMachine.close();
    }

    @Test
    void everyTextOnThePageIsProvoked() throws IOException {
        assertEquals(
                new TreeSet<>(ErrorsPage.read().quotes().keySet()),
                new TreeSet<>(provocations().keySet()));
    }

    @TestFactory
    List<DynamicTest> thePageQuotesWhatIsSaid() throws IOException {
        Map<String, Provocation> provocations = provocations();
        List<DynamicTest> tests = new ArrayList<>();
        ErrorsPage.read().quotes().forEach((heading, quote) -> {
            Provocation provocation = provocations.get(heading);
            if (provocation != null) {
                tests.add(DynamicTest.dynamicTest(heading, () -> {
                    String said = provocation.said();
                    assertNull(ErrorsPage.missing(quote, said), () -> "is on the page, but not in: " + said);
                }));
            }
        });
        return tests;
    }

    @Test
    void theExitCodesAreThoseOfTheHelp() throws Exception {
        Map<String, String> help = new LinkedHashMap<>();
        Matcher line =
                Pattern.compile("(?m)^ +(\\d+) {2,}(\\S.*(?:\\n {8,}\\S.*)*)").matcher(muster("version", "--help"));
        while (line.find()) {
            help.put(line.group(1), ErrorsPage.flat(line.group(2)).replace("`", ""));
        }
        assertEquals(help, ErrorsPage.read().exitCodes());
        assertTrue(help.size() > 5, help::toString);
    }

    private Map<String, Provocation> provocations() {
        Map<String, Provocation> all = new LinkedHashMap<>();
        whatCannotTravel(all);
        whatTheChildLacks(all);
        deaths(all);
        memory(all);
        new SharedObjectErrors(directory).addTo(all);
        PipeErrors.addTo(all);
        new ConnectionErrors(directory).addTo(all);
        QueueErrors.addTo(all);
        all.put("A handle from another session", () -> {
            String sent = poorMachine.lines().await("handle");
            return thrown(() -> SharedObjectErrors.arrived(sent));
        });
        all.put("No native calls", () -> onPoorMachine("Waiting by polling"));
        all.put("A method that is not there", () -> muster("map", "java.lang.Math::nothing", "1"));
        all.put("Items that fail", () -> muster("map", "--workers", "1", "java.lang.Integer::parseInt", "1", "x"));
        return all;
    }

    private void whatCannotTravel(Map<String, Provocation> all) {
        var thread = new Thread();
        var object = new Object();
        all.put(
                "A lambda uses a field of the object around it",
                () -> thrown(() -> pool.apply(() -> field.hashCode())));
        all.put("A lambda captures what is not serializable", () -> thrown(() -> pool.apply(() -> thread)));
        all.put("An argument is not serializable", () -> thrown(() -> pool.apply(x -> x, new Mute())));
        all.put("A task that is an ordinary Runnable or Callable", () -> {
            Runnable task = () -> {};
            return thrown(() -> pool.submit(task));
        });
        all.put("An executor that wraps tasks", () -> thrown(() -> CompletableFuture.supplyAsync(() -> object, pool)));
        all.put("A result is not serializable", () -> thrown(() -> pool.apply(Thread::currentThread)));
    }

    /** Not serializable. */
    private static final class Mute {}

    private static void whatTheChildLacks(Map<String, Provocation> all) {
        all.put("A class of the task is missing in the worker", () -> {
            try (var bare = ProcessPool.builder()
                    .workers(1)
                    .classPath(musterOnly().stream().map(Path::toString).toList())
                    .start()) {
                return thrown(() -> bare.apply(() -> 1));
            }
        });
        all.put("A class of the target is missing in the child", () -> notStarted(child().classPath(musterOnly())));
        all.put("The child's JVM refuses its flags", () -> notStarted(child().jvmArgs("-XX:+NoSuchFlag")));
        all.put("No JDK", () -> notStarted(child().javaHome(Path.of("/no/such/jdk"))));
        all.put("Not ready in time", () -> notStarted(child().startDeadline(Duration.ofMillis(1))));
        all.put("A daemon child starts a child", () -> {
            var lines = new Lines();
            child().daemon(true).onLine(lines).start(() -> {
                try {
                    ChildProcess.start(() -> {});
                } catch (IllegalStateException e) {
                    System.out.println("said " + e.getClass().getSimpleName() + ": " + e.getMessage());
                }
            });
            return lines.await("said");
        });
    }

    private static void deaths(Map<String, Provocation> all) {
        all.put("It was killed", () -> {
            TaskFuture<Void> future = pool.submit(() -> {
                Processes.signal(ProcessHandle.current().pid(), "KILL");
                Processes.waitForEver();
            });
            return thrown(future::get);
        });
        all.put("It exited", () -> thrown(() -> pool.apply(() -> exit())));
        all.put("It ran out of heap", () -> thrown(() -> pool.apply(() -> new long[1 << 28].length)));
        all.put("It was shut down", () -> {
            var closed = ProcessPool.builder()
                    .workers(1)
                    .output(ChildOutput.discard())
                    .start();
            closed.terminate();
            return thrown(() -> closed.apply(() -> 1));
        });
        all.put("It is broken", () -> {
            try (var broken = ProcessPool.builder()
                    .workers(1)
                    .jvmArgs("-XX:+NoSuchFlag")
                    .output(ChildOutput.discard())
                    .start()) {
                return thrown(() -> broken.apply(() -> 1));
            }
        });
    }

    private static int exit() {
        System.exit(EXIT_CODE);
        return 0;
    }

    private static void memory(Map<String, Provocation> all) {
        all.put(
                "No room for shared memory",
                () -> thrown(() -> Segment.create(directory.resolve("huge"), KIND, 1, 1L << 50)));
        all.put("The heaps do not fit", () -> onPoorMachine("memory may not suffice"));
        all.put("A file is not what it should be", () -> {
            Path file = Files.write(directory.resolve("foreign"), new byte[4096]);
            return thrown(() -> Segment.open(file, KIND, 1));
        });
        all.put("A file was cut short", () -> {
            Path file = directory.resolve("cut");
            Segment.create(file, KIND, 1, 4096).close();
            Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 1000));
            return thrown(() -> Segment.open(file, KIND, 1));
        });
        all.put("The directory is open to others", () -> poorMachine.lines().await("open"));
        all.put("The directory is somebody else's", () -> {
            assumeTrue(userId() == 0, "needs root to make a directory that is somebody else's");
            return poorMachine.lines().await("foreign-owner");
        });
    }

    // ---- how errors are provoked ----

    static String thrown(Executable call) {
        Throwable thrown = assertThrows(Throwable.class, call);
        while (thrown instanceof CompletionException || thrown instanceof ExecutionException) {
            thrown = thrown.getCause();
        }
        return thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
    }

    private static ChildBuilder child() {
        return ChildProcess.named("page").output(ChildOutput.discard());
    }

    private static String notStarted(ChildBuilder builder) {
        return thrown(() -> builder.start(Processes::waitForEver));
    }

    private static List<Path> musterOnly() {
        List<Path> elements = new ArrayList<>();
        for (Class<?> each : List.of(MusterException.class, io.muster.child.ChildMain.class, Segment.class)) {
            elements.add(Path.of(
                    each.getProtectionDomain().getCodeSource().getLocation().getPath()));
        }
        return elements;
    }

    /** A JVM with too large a heap, no native library, and directories that are not fit for shared memory. */
    private static DriverJvm poorMachine() throws IOException {
        List<String> places = new ArrayList<>();
        for (String name : List.of("open", "foreign-owner")) {
            Path place = Files.createDirectories(directory.resolve(name));
            Path base = Files.createDirectory(place.resolve("muster-" + userId()));
            places.add(place.toString());
            if (name.equals("open")) {
                Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxrwxrwx"));
            } else if (userId() == 0) {
                Files.setAttribute(base, "unix:uid", 12345);
            }
        }
        places.add(Files.createDirectories(directory.resolve("fine")).toString());
        return new DriverJvm(
                directory,
                ErrorsUser.class,
                Map.of(),
                List.of("-Xmx900g", "-Xms32m", "-XX:+UseSerialGC", "-Djna.nounpack=true", "-Djna.nosys=true"),
                places.toArray(String[]::new));
    }

    static int userId() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    private static String onPoorMachine(String beginning) {
        poorMachine.lines().await("done");
        return poorMachine.lines().all().stream()
                .filter(line -> line.contains(beginning))
                .findFirst()
                .orElse("not said: " + poorMachine.lines().all());
    }

    /** What the command line prints, all of it. */
    static String muster(String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.muster.cli.Muster"));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return said;
    }
}
