package io.muster.ipc.wait;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.TestJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waiting between two real JVMs, one of which is killed where it hurts. */
class CrossProcessWaitTest {
    private static final int SIGSTOP = 19;

    @TempDir
    Path directory;

    private final List<Process> children = new ArrayList<>();
    private Path file;
    private Memory memory;

    @BeforeEach
    void makeFile() throws IOException {
        file = directory.resolve("place");
        memory = WaitChild.map(file);
    }

    @AfterEach
    void endChildren() throws InterruptedException {
        children.forEach(Process::destroyForcibly);
        for (Process child : children) {
            assertTrue(child.waitFor(30, TimeUnit.SECONDS));
        }
    }

    private Process start(String role, boolean portable) throws IOException {
        Process child = WaitChild.start(role, file, portable);
        children.add(child);
        return child;
    }

    private static Parking parking(boolean portable) {
        return portable ? Parking.portable() : Parking.configured();
    }

    private TestPlace sliceFree(boolean portable) {
        return new TestPlace(memory, new WatchedParking(parking(portable), true));
    }

    private static void kill(Process child) throws InterruptedException {
        child.destroyForcibly();
        assertTrue(child.waitFor(30, TimeUnit.SECONDS));
    }

    @ParameterizedTest(name = "portable: {0}")
    @ValueSource(booleans = {false, true})
    void twoJvmsHandAWordBackAndForth(boolean portable) throws Exception {
        int rounds = portable ? 300 : 3000;
        TestPlace place = sliceFree(portable);
        memory.putIntVolatile(WaitChild.GO, rounds);
        Process child = start("pong", portable);
        Waiter waiter = Waiter.builder().strategy(WaitStrategy.BLOCKING).build();
        for (int i = 1; i <= rounds; i++) {
            int round = i;
            memory.putIntVolatile(WaitChild.PINGS, round);
            place.word.wakeAfterCas(1);
            assertTrue(
                    waiter.await(
                            place.second.forOneWaiter(),
                            () -> memory.getIntVolatile(WaitChild.PONGS) == round,
                            Deadline.afterNanos(30_000_000_000L)),
                    "round " + round);
        }
        assertTrue(child.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, child.exitValue());
    }

    @ParameterizedTest(name = "portable: {0}")
    @ValueSource(booleans = {false, true})
    void aWakerKilledBeforeItWokeIsMadeGoodByTheSlice(boolean portable) throws Exception {
        TestPlace place = new TestPlace(memory, parking(portable));
        Process child = start("publish-and-stall", portable);
        Eventually.until("child ready", () -> memory.getIntVolatile(WaitChild.READY) == 1);
        Thread sleeper = sleeper(place);
        Eventually.until("announced", place.word::hasSleepers);
        memory.putIntVolatile(WaitChild.GO, 1);
        Eventually.until("published", () -> memory.getIntVolatile(WaitChild.READY) == 2);
        kill(child);
        Eventually.joined(sleeper);
        assertEquals(0, place.items());
    }

    @ParameterizedTest(name = "portable: {0}")
    @ValueSource(booleans = {false, true})
    void aWakerKilledBeforeItWokeIsMadeGoodByTheBroadcast(boolean portable) throws Exception {
        TestPlace place = sliceFree(portable);
        Process child = start("publish-and-stall", portable);
        Eventually.until("child ready", () -> memory.getIntVolatile(WaitChild.READY) == 1);
        Thread sleeper = sleeper(place);
        Eventually.until("announced", place.word::hasSleepers);
        memory.putIntVolatile(WaitChild.GO, 1);
        Eventually.until("published", () -> memory.getIntVolatile(WaitChild.READY) == 2);
        kill(child);
        place.broadcastDeath();
        Eventually.joined(sleeper);
        assertEquals(0, place.items());
    }

    @ParameterizedTest(name = "portable: {0}")
    @ValueSource(booleans = {false, true})
    void aWakeUpThatDiedWithItsSleeperGoesToAnother(boolean portable) throws Exception {
        assumeTrue(NativeProcess.isAvailable(), "no way to stop a process");
        TestPlace place = sliceFree(portable);
        Process child = start("take", portable);
        Eventually.until("child ready", () -> memory.getIntVolatile(WaitChild.READY) == 1);
        Eventually.until("child asleep", place.word::hasSleepers);
        // It sleeps first, so the kernel wakes it first; stopped, it cannot pass on what it was woken for.
        assertEquals(NativeProcess.Sent.SENT, NativeProcess.kill(child.pid(), SIGSTOP));
        Eventually.until("child stopped", () -> TestJvm.isStopped(child.pid()));
        Thread sleeper = sleeper(place);
        WatchedParking parking = (WatchedParking) place.word.parking();
        Eventually.until("we sleep too", () -> parking.asleep.get() == 1);
        place.addItems(1);
        place.word.wake(1);
        kill(child);
        place.broadcastDeath();
        Eventually.joined(sleeper);
        assertEquals(0, place.items());
    }

    @ParameterizedTest(name = "portable: {0}")
    @ValueSource(booleans = {false, true})
    void aStormOfKilledTakersLeavesNoItemLying(boolean portable) throws Exception {
        TestPlace place = sliceFree(portable);
        AtomicInteger taken = new AtomicInteger();
        Thread taker = new Thread(() -> {
            Waiter waiter = Waiter.builder().strategy(WaitStrategy.BLOCKING).build();
            while (memory.getIntVolatile(WaitChild.GO) == 0) {
                if (waiter.awaitUninterruptibly(place.word, place::takeItem, place::hasItems, Deadline.never())) {
                    taken.incrementAndGet();
                }
            }
        });
        taker.setDaemon(true);
        taker.start();
        for (int kills = 1; kills <= 4; kills++) {
            Process child = start("take", portable);
            int ready = kills;
            Eventually.until("child ready", () -> memory.getIntVolatile(WaitChild.READY) == ready);
            for (int i = 0; i < 2000 + 500 * kills; i++) {
                place.addItems(1);
                place.word.wakeAfterCas(1);
            }
            kill(child);
            place.broadcastDeath();
            Eventually.until("all taken", () -> place.items() == 0);
        }
        memory.putIntVolatile(WaitChild.GO, 1);
        place.addItems(1);
        place.word.wakeAll();
        Eventually.joined(taker);
        assertTrue(taken.get() > 0);
    }

    private static Thread sleeper(TestPlace place) {
        Waiter waiter = Waiter.builder().strategy(WaitStrategy.BLOCKING).build();
        Thread thread = new Thread(
                () -> waiter.awaitUninterruptibly(place.word, place::takeItem, place::hasItems, Deadline.never()));
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
