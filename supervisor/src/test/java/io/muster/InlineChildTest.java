package io.muster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.testing.HangDump;
import io.muster.testing.Processes;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code muster.inline=true}: the same, on a thread of this JVM. */
@ExtendWith(HangDump.class)
class InlineChildTest {
    private static final BlockingQueue<Object> SEEN = new LinkedBlockingQueue<>();

    @BeforeEach
    void on() {
        System.setProperty("muster.inline", "true");
        SEEN.clear();
    }

    @AfterEach
    void off() {
        System.clearProperty("muster.inline");
    }

    private static final class Box implements Serializable {
        private static final long serialVersionUID = 1L;
        int value;
    }

    @Test
    void runsInThisJvmOnACopy() throws Exception {
        Box box = new Box();
        ChildProcess child = ChildProcess.named("inline").start(() -> {
            box.value = 42;
            SEEN.add(box);
        });
        child.join();
        assertEquals(0, box.value);
        assertEquals(42, ((Box) SEEN.take()).value);
        assertEquals(ProcessHandle.current().pid(), child.pid());
        assertTrue(child.exitStatus().orElseThrow().isSuccess());
    }

    @Test
    void knowsItselfAndFollowsTheRulesOfChildren() throws Exception {
        ChildProcess child = ChildProcess.named("inline").daemon(true).start(() -> {
            SEEN.add(ChildProcess.current().name());
            SEEN.add(assertThrows(
                    IllegalStateException.class,
                    () -> ChildProcess.named("other").start(() -> {})));
        });
        child.join();
        assertEquals("inline", SEEN.take());
        assertTrue(SEEN.take().toString().contains("may not have children"));
        assertEquals("main", ChildProcess.current().name());
    }

    @Test
    void aTargetThatThrowsIsExitCodeOne() throws Exception {
        ChildProcess child = ChildProcess.named("inline").start(() -> {
            throw new java.io.IOException("expected in this test");
        });
        child.join();
        assertEquals(1, child.exitStatus().orElseThrow().code().orElseThrow());
    }

    @Test
    void interruptAndTerminateEndIt() throws Exception {
        ChildProcess patient =
                ChildProcess.named("inline").start(() -> new java.util.concurrent.CountDownLatch(1).await());
        patient.interrupt();
        patient.join();
        assertEquals(1, patient.exitStatus().orElseThrow().code().orElseThrow());

        ChildProcess stubborn = ChildProcess.named("stubborn").daemon(true).start(Processes::waitForEver);
        stubborn.terminate(Duration.ofMillis(50));
        assertFalse(stubborn.isAlive());
        assertEquals(15, stubborn.exitStatus().orElseThrow().signal().orElseThrow());
    }

    @Test
    void whatCannotTravelIsRefusedHereToo() {
        Object captured = new Object();
        assertThrows(
                ChildStartException.class, () -> ChildProcess.named("inline").start(captured::hashCode));
    }
}
