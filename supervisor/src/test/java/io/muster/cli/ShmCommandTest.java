package io.muster.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ipc.Manager;
import io.muster.ipc.channel.Delivery;
import io.muster.ipc.channel.Pipe;
import io.muster.ipc.channel.SharedQueue;
import io.muster.ipc.data.SharedList;
import io.muster.ipc.data.SharedMap;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code muster shm} on places that other processes have made, use, and have left. */
class ShmCommandTest {
    @TempDir
    Path temp;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StringWriter err = new StringWriter();

    private int execute(String... args) {
        out.reset();
        err.getBuffer().setLength(0);
        CommandLine line = Muster.commandLine(args);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        PrintStream before = System.out;
        System.setOut(new PrintStream(out, true));
        try {
            return line.execute(args);
        } finally {
            System.setOut(before);
        }
    }

    private String said() {
        return out.toString();
    }

    private static void fill(Path place) {
        Manager manager = Manager.open(place);
        SharedMap<String, Long> counts = manager.getMap("counts", String.class, Long.class);
        counts.put("tea", 1L);
        counts.put("milk", 2L);
        counts.remove("milk");
        SharedList<String> names = manager.getList("names", String.class);
        names.addAll(List.of("a", "b"));
        names.remove("b");
        manager.getSemaphore("permits", 3).tryAcquire();
        manager.getLock("lock").lock();
    }

    /** The place as a child has left it, which was killed holding things. */
    private Path leftBehind() throws InterruptedException {
        Path place = temp.resolve("place");
        String path = place.toString();
        try (ChildProcess child = ChildProcess.named("maker").start(() -> fill(Path.of(path)))) {
            child.join(Duration.ofSeconds(60));
        }
        return place;
    }

    @Test
    void helpExplainsBothCommands() {
        CommandLine shm = Muster.commandLine("shm").getSubcommands().get("shm");
        for (String each : new String[] {"list", "remove"}) {
            String help = shm.getSubcommands().get(each).getUsageMessage();
            assertTrue(help.contains("Usage: muster shm " + each), help);
            assertTrue(help.contains("130   Stopped by Ctrl-C"), help);
            assertFalse(help.lines().anyMatch(line -> line.length() > 100), help);
        }
        assertEquals(ExitCode.USAGE.code(), execute("shm"));
        assertEquals(ExitCode.USAGE.code(), execute("shm", "remove"));
    }

    @Test
    void listShowsObjectsAndThatNobodyIsThere() throws Exception {
        Path place = leftBehind();
        assertEquals(0, execute("shm", "list", place.toString()), err::toString);
        assertTrue(said().contains("SharedMap<java.lang.String, java.lang.Long>, 1 entries, at most 2"), this::said);
        assertTrue(said().contains("SharedList<java.lang.String>, 1 elements, at most 2"), this::said);
        assertTrue(said().contains("SharedLock, held by process"), this::said);
        assertTrue(said().contains("which has ended"), this::said);
        assertTrue(said().contains("SharedSemaphore(3), 2 of 3 permits free"), this::said);
        assertTrue(said().contains("+ process"), this::said);
        assertTrue(said().contains("at most 1 process at once"), this::said);
        assertFalse(said().contains("without names"), this::said);
    }

    @Test
    void jsonHasTheSame() throws Exception {
        Path place = leftBehind();
        assertEquals(0, execute("shm", "list", "--json", place.toString()), err::toString);
        assertTrue(said().startsWith("[{\"kind\":\"place\",\"name\":\"" + place + "\""), this::said);
        assertTrue(said().contains("{\"name\":\"counts\",\"type\":\"SharedMap<"), this::said);
        assertTrue(said().contains("\"state\":\"gone\"}]"), this::said);
        assertTrue(said().contains("\"mostAtOnce\":1"), this::said);
        assertTrue(said().strip().endsWith("}]"), this::said);
    }

    @Test
    void removalIsRefusedWhileSomebodyIsThereUnlessForced() throws Exception {
        Path place = leftBehind();
        try (Manager manager = Manager.open(place)) {
            assertEquals(ExitCode.FAILED.code(), execute("shm", "remove", place.toString(), "counts"));
            assertTrue(err.toString().contains("is in use by"), err::toString);
            assertTrue(err.toString().contains("--force"), err::toString);
            assertTrue(manager.names().contains("counts"));
            assertEquals(0, execute("shm", "remove", "--force", place.toString(), "counts"), err::toString);
            assertFalse(manager.names().contains("counts"));
            assertEquals(ExitCode.FAILED.code(), execute("shm", "remove", "--force", place.toString(), "counts"));
            assertTrue(err.toString().contains("there is no 'counts'"), err::toString);
        }
        assertEquals(0, execute("shm", "remove", "--force", place.toString()), err::toString);
        assertFalse(Files.exists(place));
        assertEquals(ExitCode.CANNOT_START.code(), execute("shm", "list", place.toString()));
        assertTrue(err.toString().contains("there is no place"), err::toString);
    }

    @Test
    void whatNobodyUsesIsRemovedWithoutForceAndCleanNeverTouchesIt() throws Exception {
        Path place = leftBehind();
        assertEquals(0, execute("clean"), err::toString);
        assertTrue(Files.exists(place.resolve("table")));
        assertEquals(0, execute("shm", "remove", place.toString()), err::toString);
        assertFalse(Files.exists(place));
        assertEquals(ExitCode.FAILED.code(), execute("shm", "remove", place.toString()));
    }

    @Test
    void placesByNameStayWhenSessionsAreCleaned() throws Exception {
        String name = "shm-command-test " + System.nanoTime();
        try (ChildProcess child =
                ChildProcess.named("maker").start(() -> Manager.open(name).getLock("x"))) {
            child.join(Duration.ofSeconds(60));
        }
        try {
            assertEquals(0, execute("clean"), err::toString);
            assertEquals(0, execute("shm", "list", name), err::toString);
            assertTrue(said().startsWith("place " + name + "  in /"), this::said);
            assertEquals(0, execute("shm", "list"), err::toString);
            assertTrue(said().contains("place " + name), this::said);
        } finally {
            assertEquals(0, execute("shm", "remove", name), err::toString);
        }
        assertEquals(ExitCode.CANNOT_START.code(), execute("shm", "list", name));
    }

    @Test
    void sessionsAreShownAndNotRemoved() {
        try (Manager manager = Manager.session()) {
            manager.getEvent("named").set();
            assertEquals(0, execute("shm", "list", manager.path().toString()), err::toString);
            assertTrue(said().startsWith("session " + manager.path()), this::said);
            assertTrue(said().contains("* process " + ProcessHandle.current().pid()), this::said);
            assertTrue(said().contains("SharedEvent"), this::said);
            assertEquals(
                    ExitCode.FAILED.code(),
                    execute("shm", "remove", manager.path().toString()));
            assertEquals(
                    ExitCode.FAILED.code(),
                    execute("shm", "remove", "--force", manager.path().toString()));
            assertTrue(manager.names().contains("named"));
            manager.remove("named");
        }
    }

    @Test
    void pipesAndQueuesOfARunningProgramAreShown() throws Exception {
        try (Manager manager = Manager.session();
                Pipe.OneWay pipe = Pipe.oneWay();
                SharedQueue<String> queue = SharedQueue.create(10)) {
            pipe.writer().send("one");
            pipe.writer().send("two");
            pipe.reader().recv();
            queue.put("a");
            queue.put("b");
            queue.put("c");
            queue.take();
            Delivery<String> delivery = queue.receive();
            queue.receive().nack();
            String session = manager.path().toString();
            long pid = ProcessHandle.current().pid();

            assertEquals(0, execute("shm", "list", session), err::toString);
            assertTrue(said().matches("(?s).*  Pipe \\S+: 1 messages, \\d+ B, at most \\d+ B\\R.*"), this::said);
            assertTrue(said().matches("(?s).*in  2, \\d+ B, waited 0.0 s by " + pid + " .*"), this::said);
            assertTrue(said().matches("(?s).*out 1, \\d+ B, waited 0.0 s by " + pid + " .*"), this::said);
            assertTrue(said().matches("(?s).*  SharedQueue \\S+: 1 items, \\d+ B, at most 3 items\\R.*"), this::said);
            assertTrue(said().matches("(?s).*in  3, \\d+ B, waited 0.0 s by " + pid + " .*"), this::said);
            assertTrue(said().matches("(?s).*out 3, \\d+ B, waited 0.0 s by " + pid + " .*"), this::said);
            assertTrue(said().matches("(?s).*1 not acknowledged: 1 by " + pid + " .*, 1 came back.*"), this::said);
            assertTrue(said().matches("(?s).*handles by " + pid + " .*"), this::said);

            assertEquals(0, execute("shm", "list", "--json", session), err::toString);
            assertTrue(said().contains("{\"kind\":\"Pipe\""), this::said);
            assertTrue(said().contains("\"items\":1,"), this::said);
            assertTrue(said().contains("\"sent\":2,"), this::said);
            assertTrue(said().contains("\"mostItems\":3,\"sent\":3,"), this::said);
            assertTrue(said().contains("\"senders\":[\"" + pid + " "), this::said);
            assertTrue(said().contains("\"holders\":[\"1 by " + pid + " "), this::said);
            delivery.ack();
        }
    }

    @Test
    void aQueueWithANameIsShownByIt() {
        try (Manager manager = Manager.open(temp.resolve("queues"))) {
            manager.getQueue("orders", String.class).add("tea");
            assertEquals(0, execute("shm", "list", temp.resolve("queues").toString()), err::toString);
            assertTrue(said().contains("SharedQueue orders: 1 items"), this::said);
            assertTrue(said().contains("SharedQueue<java.lang.String>"), this::said);
        }
    }
}
