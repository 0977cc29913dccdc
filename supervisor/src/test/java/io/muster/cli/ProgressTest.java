package io.muster.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final AtomicLong clock = new AtomicLong(1_000_000_007L);
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    @Test
    void showsPartRateAndRemainingTime() {
        Progress progress = progress(Progress.Unit.ITEMS);
        progress.more(200);
        progress.totalIsKnown();
        pass(Duration.ofSeconds(10));
        progress.done(50);
        assertEquals("test [######..................] 25% of 200, 5/s, 30 s left", lastLine());
        pass(Duration.ofSeconds(390));
        progress.done(1);
        assertTrue(lastLine().endsWith("25% of 200, 0.1/s, 19:29 min left"), lastLine());
    }

    @Test
    void showsOnlyWhatIsDoneWhileTheTotalIsUnknown() {
        Progress progress = progress(Progress.Unit.BYTES);
        pass(Duration.ofSeconds(2));
        progress.done(5_000_000);
        assertEquals("test 5.0 MB, 2.5 MB/s, 2 s", lastLine());
    }

    @Test
    void aJobOfAnInstantShowsNothing() {
        try (Progress progress = progress(Progress.Unit.ITEMS)) {
            pass(Duration.ofMillis(400));
            progress.done(1);
        }
        assertEquals("", text());
    }

    @Test
    void isDrawnAtMostTenTimesASecond() {
        Progress progress = progress(Progress.Unit.ITEMS);
        pass(Duration.ofSeconds(1));
        for (int i = 0; i < 1_000; i++) {
            pass(Duration.ofMillis(1));
            progress.done(1);
        }
        assertEquals(10, text().chars().filter(c -> c == '\r').count());
    }

    @Test
    void leavesACleanLine() {
        Progress progress = progress(Progress.Unit.ITEMS);
        pass(Duration.ofSeconds(1));
        progress.done(1);
        progress.close();
        assertTrue(text().endsWith("\r\033[K"));
        int length = text().length();
        progress.close();
        assertEquals(length, text().length());
    }

    @Test
    void onlyDevicesThatPeopleLookAtAreTerminals() {
        assertTrue(Terminal.isTerminalDevice("/dev/pts/3"));
        assertTrue(Terminal.isTerminalDevice("/dev/tty1"));
        assertTrue(Terminal.isTerminalDevice("/dev/console"));
        assertFalse(Terminal.isTerminalDevice("/dev/null"));
        assertFalse(Terminal.isTerminalDevice("pipe:[123]"));
        assertFalse(Terminal.isTerminalDevice("/home/me/log"));
    }

    private Progress progress(Progress.Unit unit) {
        return new Progress("test", unit, new PrintStream(screen, true, StandardCharsets.UTF_8), clock::get);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private String lastLine() {
        return text().substring(text().lastIndexOf("\033[K") + 3);
    }

    private String text() {
        return screen.toString(StandardCharsets.UTF_8);
    }
}
