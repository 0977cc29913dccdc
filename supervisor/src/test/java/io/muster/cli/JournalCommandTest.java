package io.muster.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ipc.journal.JournalFlags;
import io.muster.ipc.journal.Topic;
import io.muster.ipc.journal.WorkQueue;
import io.muster.remote.RemoteRunnable;
import io.muster.testing.HangDump;
import io.muster.testing.Lines;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code muster journal}. What opens a journal runs in a child: this JVM has not the flags. */
@ExtendWith(HangDump.class)
class JournalCommandTest {
    @TempDir
    Path temp;

    /** Of one command: its exit code, and what it printed. */
    private record Said(int code, String out) {
        void shows(int expected, String... parts) {
            assertEquals(expected, code, out);
            for (String part : parts) {
                assertTrue(out.contains(part), out);
            }
        }
    }

    private static Said execute(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CommandLine line = Muster.commandLine(args);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(out, true));
        PrintStream before = System.out;
        System.setOut(new PrintStream(out, true));
        try {
            return new Said(line.execute(args), out.toString());
        } finally {
            System.setOut(before);
        }
    }

    private void inChild(RemoteRunnable work) throws Exception {
        Lines lines = new Lines();
        try (ChildProcess child =
                ChildProcess.named("shell").journal(true).onLine(lines).start(work)) {
            assertTrue(child.join(Duration.ofSeconds(60)));
            assertTrue(child.exitStatus().orElseThrow().isSuccess(), child.stderrTail() + lines.all());
        }
    }

    @Test
    void helpExplainsAllCommands() {
        CommandLine journal = Muster.commandLine("journal").getSubcommands().get("journal");
        for (String each : new String[] {"list", "tail", "count", "replay", "trim"}) {
            String help = journal.getSubcommands().get(each).getUsageMessage();
            assertTrue(help.contains("Usage: muster journal " + each), help);
            assertTrue(help.contains("130   Stopped by Ctrl-C"), help);
            assertFalse(help.lines().anyMatch(line -> line.length() > 100), help);
        }
        execute("journal").shows(ExitCode.USAGE.code(), "Usage: muster journal");
        execute("journal", "tail").shows(ExitCode.USAGE.code());
    }

    /** Before anything is opened: this JVM could open none. */
    @Test
    void argumentsThatMakeNoSenseAreTold() {
        int usage = ExitCode.USAGE.code();
        String at = temp.toString();
        for (String size : new String[] {"0", "0k", "99999999t", "5x", "-5", "999999999999999999999"}) {
            execute("journal", "trim", "--larger-than=" + size, at).shows(usage, "'" + size + "'");
        }
        for (String age : new String[] {"999999999999999d", "5", "-5d", "d", "1.5h"}) {
            execute("journal", "trim", "--older-than=" + age, at).shows(usage, "'" + age + "'");
        }
        for (String time : new String[] {"999999999999999d", "yesterday", "2026-03-01"}) {
            execute("journal", "tail", "--from=" + time, at).shows(usage, "'" + time + "'");
            execute("journal", "replay", "--from=" + time, at).shows(usage, "'" + time + "'");
            execute("journal", "replay", "--to=" + time, at).shows(usage, "'" + time + "'");
        }
        execute("journal", "tail", "-n", "-1", at).shows(usage, "-1");
        execute("journal", "tail", "-n", "many", at).shows(usage, "many");
        for (String each : new String[] {"tail", "count", "replay", "trim"}) {
            execute("journal", each).shows(usage, "DIR");
            execute("journal", each, at, "another").shows(usage, "another");
            execute("journal", each, "--loud", at).shows(usage, "--loud");
        }
        execute("journal", "list", at + "/missing").shows(ExitCode.CANNOT_START.code(), "cannot look for journals");
    }

    @Test
    void aDirectoryThatIsNoJournalIsTold() throws Exception {
        String at = temp.toString();
        Files.createDirectory(temp.resolve("foreign"));
        Files.writeString(temp.resolve("foreign").resolve("letter.txt"), "dear");
        Files.writeString(temp.resolve("file"), "no directory");
        inChild(() -> {
            for (String each : new String[] {"tail", "count", "replay", "trim"}) {
                for (String where : new String[] {"/missing", "/foreign", "/file"}) {
                    execute("journal", each, at + where)
                            .shows(ExitCode.CANNOT_START.code(), "muster: ", at + where, "journal");
                }
            }
            execute("journal", "list", at + "/foreign").shows(0, "no journals in");
            Path news = Path.of(at, "news");
            try (Topic<String> topic = Topic.open(news, String.class)) {
                topic.append("a");
            }
            execute("journal", "replay", "--dead", news.toString())
                    .shows(ExitCode.CANNOT_START.code(), "is no work queue");
            execute("journal", "replay", "--into", at + "/foreign", news.toString())
                    .shows(ExitCode.CANNOT_START.code(), "letter.txt");
            execute("journal", "replay", "--into", news.toString(), news.toString())
                    .shows(ExitCode.CANNOT_START.code(), "into itself");
            Files.write(news.resolve("entries").resolve("metadata.cq4t"), new byte[] {1, 2, 3, 4, 5, 6, 7});
            for (String each : new String[] {"tail", "count", "replay", "trim"}) {
                execute("journal", each, news.toString())
                        .shows(ExitCode.CANNOT_START.code(), "metadata.cq4t is damaged");
            }
            execute("journal", "list", at).shows(ExitCode.FAILED.code());
        });
        try (var files = Files.list(temp.resolve("foreign"))) {
            assertEquals(List.of(temp.resolve("foreign").resolve("letter.txt")), files.toList());
        }
    }

    @Test
    void theLauncherGivesTheFlags() throws Exception {
        String launcher = Files.readString(Path.of("..", "bin", "muster"));
        for (String flag : JournalFlags.of(Runtime.version().feature())) {
            assertTrue(launcher.contains(flag), flag);
        }
        execute("journal", "count", temp.toString()).shows(ExitCode.CANNOT_START.code(), "--add-exports");
    }

    @Test
    void topicsAreListedReadReplayedAndTrimmed() throws Exception {
        String at = temp.toString();
        inChild(() -> {
            Path news = Path.of(at, "news");
            try (Topic<String> topic = Topic.open(news, String.class)) {
                for (int i = 0; i < 20; i++) {
                    topic.append("n" + i);
                }
                topic.subscribe("mail").poll();
            }
            execute("journal", "list", at)
                    .shows(0, "news  Topic<java.lang.String>  20 entries", "1 file", "- mail", "19 behind");
            execute("journal", "list", "--json", at).shows(0, "\"entries\":20", "\"name\":\"mail\",\"behind\":19");
            assertEquals(
                    "n18\nn19\n",
                    execute("journal", "tail", "-n", "2", news.toString()).out());
            assertEquals(
                    20,
                    execute("journal", "replay", news.toString()).out().lines().count());
            assertEquals(
                    "", execute("journal", "tail", "-n", "0", news.toString()).out());
            execute("journal", "tail", "--from", "1h", "-l", news.toString()).shows(0, "Z  0x", "  n0\n");
            assertEquals(
                    "",
                    execute("journal", "replay", "--to", "1h", news.toString()).out());
            assertEquals(
                    "entries 20\n", execute("journal", "count", news.toString()).out());
            execute("journal", "replay", "--into", at + "/again", news.toString())
                    .shows(0, "20 entries appended");
            assertEquals(
                    "entries 20\n", execute("journal", "count", at + "/again").out());
            execute("journal", "trim", "--older-than", "1s", news.toString()).shows(0, "freed 0 B");
            execute("journal", "trim", "--older-than", "soon", news.toString()).shows(ExitCode.USAGE.code(), "'soon'");
            execute("journal", "count", at).shows(ExitCode.CANNOT_START.code(), "there is no journal");
            execute("journal", "list", at + "/news/entries").shows(0, "no journals");
        });
    }

    @Test
    void workIsCountedAndDeadLettersGoBack() throws Exception {
        String at = temp.resolve("work").toString();
        inChild(() -> {
            try (WorkQueue<String> queue =
                    WorkQueue.builder(Path.of(at), String.class).maxAttempts(1).open()) {
                for (String each : List.of("a", "b", "c")) {
                    queue.append(each);
                }
                queue.take().nack();
                queue.take().ack();
                execute("journal", "list", at).shows(0, "1 waiting, 0 delayed, 0 held by consumers, 1 dead letters");
                assertEquals(
                        "entries 3\nwaiting 1\ndelayed 0\nheld 0\ndead 1\n",
                        execute("journal", "count", at).out());
                execute("journal", "replay", "--dead", at).shows(0, "1 dead letters");
                assertEquals("c", queue.take().entry());
                assertEquals("a", queue.take().entry());
            }
        });
    }
}
