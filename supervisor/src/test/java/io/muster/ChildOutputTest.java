package io.muster;

import static io.muster.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.testing.HangDump;
import io.muster.testing.Lines;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where a child's output goes. */
@ExtendWith(HangDump.class)
class ChildOutputTest {
    @Test
    void linesComeWithNameAndStreamAndBeforeJoinReturns() throws Exception {
        StringBuffer seen = new StringBuffer();
        ChildProcess child = ChildProcess.named("talker")
                .onLine((name, stream, line) -> seen.append(name + " " + stream + " " + line + "\n"))
                .start(() -> {
                    System.out.println("to out");
                    System.out.print("no line end");
                });
        child.join();
        assertEquals("talker OUT to out\ntalker OUT no line end\n", seen.toString());
    }

    static void flood() {
        for (int i = 0; i < 200_000; i++) {
            System.out.println("line " + i);
        }
    }

    @Test
    void everyLineArrivesWhereTheHandlerKeepsUp() throws Exception {
        Lines lines = new Lines();
        ChildProcess child = ChildProcess.named("talker").onLine(lines).start(ChildOutputTest::flood);
        child.join();
        eventually(() -> lines.all().size() >= 200_000, () -> lines.all().size() + " lines");
        List<String> all = lines.all();
        assertEquals("line 0", all.get(0));
        assertEquals("line 199999", all.get(199_999));
        assertEquals(200_000, all.size());
    }

    @Test
    void aFloodBeforeAStuckHandlerDoesNotStopTheChild() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicLong seen = new AtomicLong();
        Lines dropped = new Lines();
        ChildProcess child = ChildProcess.named("talker")
                .onLine((name, stream, line) -> {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    if (line.startsWith("[")) {
                        dropped.line(name, stream, line);
                    }
                    seen.incrementAndGet();
                })
                .start(ChildOutputTest::flood);
        assertTrue(child.join(Duration.ofSeconds(60)), "the child ended although nobody took its lines");
        release.countDown();
        eventually(() -> seen.get() >= 1000, () -> seen.get() + " lines");
        assertTrue(child.exitStatus().orElseThrow().isSuccess());
    }

    @Test
    void aHandlerThatThrowsGetsTheNextLineAllTheSame() throws Exception {
        Lines lines = new Lines();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> {});
        try {
            ChildProcess child = ChildProcess.named("talker")
                    .onLine((name, stream, line) -> {
                        if (line.equals("first")) {
                            throw new IllegalStateException("handler's mistake");
                        }
                        lines.line(name, stream, line);
                    })
                    .start(() -> {
                        System.out.println("first");
                        System.out.println("second 2");
                    });
            child.join();
            assertEquals("2", lines.await("second"));
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    void discardedStderrIsKeptForMessages() throws Exception {
        ChildProcess child = ChildProcess.named("talker")
                .output(ChildOutput.discard())
                .start(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        System.err.println("complaint number " + i);
                    }
                });
        child.join();
        String tail = child.stderrTail();
        assertTrue(tail.endsWith("complaint number 9999"), tail);
        assertTrue(tail.startsWith("complaint number "), tail);
        assertTrue(tail.length() <= 16 * 1024);
    }

    @Test
    void inheritedStderrGoesToTheParentsSystemErr() throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        System.setErr(new PrintStream(captured, true));
        try {
            ChildProcess child = ChildProcess.named("talker").start(() -> System.err.println("over here"));
            child.join();
        } finally {
            System.setErr(before);
        }
        assertEquals("over here\n", captured.toString());
    }

    @Test
    void inheritedStdoutGoesToTheParentsSystemOutWhereSomebodyReplacedIt() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        System.setOut(new PrintStream(captured, true) {});
        try {
            ChildProcess child = ChildProcess.named("talker").start(() -> System.out.println("over there"));
            child.join();
        } finally {
            System.setOut(before);
        }
        assertEquals("over there\n", captured.toString());
    }

    @Test
    void aGrandchildThatKeepsTheStreamsOpenDoesNotHoldUpJoin() throws Exception {
        Lines lines = new Lines();
        ChildProcess child = ChildProcess.named("talker").onLine(lines).start(() -> {
            Process sleep = new ProcessBuilder("sleep", "300").inheritIO().start();
            System.out.println("sleep " + sleep.pid());
        });
        assertTrue(child.join(Duration.ofSeconds(20)));
        ProcessHandle.of(Long.parseLong(lines.await("sleep"))).ifPresent(ProcessHandle::destroyForcibly);
    }
}
