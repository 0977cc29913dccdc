package io.muster.shared.channel;

import static io.muster.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ipc.channel.Pipe;
import io.muster.ipc.channel.PipeConnection;
import io.muster.ipc.channel.SharedQueue;
import io.muster.ipc.channel.WaitSet;
import io.muster.ipc.sync.SharedBinarySemaphore;
import io.muster.ipc.sync.SharedEvent;
import io.muster.ipc.sync.SharedSemaphore;
import io.muster.ipc.wait.Waitable;
import io.muster.remote.RemoteRunnable;
import io.muster.testing.HangDump;
import io.muster.testing.Processes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a process holds and does not give back is there again when it is killed: a set that sleeps is told. */
@ExtendWith(HangDump.class)
class WaitSetDeathTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    /** What a set waits for, and what a child does so that it is not ready as long as that child lives. */
    private record Held(Waitable thing, RemoteRunnable hold, AutoCloseable end) {}

    /** A row of the table; makes it in the test's process. */
    record Kind(String name, Function<String, Object> maker) {
        private Held make() {
            return (Held) maker.apply(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind> kinds() {
        return Stream.of(
                new Kind("semaphore", name -> semaphore(SharedSemaphore.create(1))),
                new Kind("fair semaphore", name -> semaphore(SharedSemaphore.createFair(1))),
                new Kind("binary semaphore", name -> binary(SharedBinarySemaphore.create())),
                new Kind("queue", name -> queue(SharedQueue.create())),
                new Kind("pipe", name -> pipe(Pipe.oneWay())));
    }

    private static Held semaphore(SharedSemaphore semaphore) {
        return new Held(semaphore, semaphore::acquire, semaphore);
    }

    private static Held binary(SharedBinarySemaphore semaphore) {
        return new Held(semaphore, semaphore::acquire, semaphore);
    }

    private static Held queue(SharedQueue<String> queue) {
        queue.add("given back");
        return new Held(queue, queue::receive, queue);
    }

    /** The child is the only one that can send once {@code hold} was sent to it. */
    private static Held pipe(Pipe.OneWay pipe) {
        PipeConnection writer = pipe.writer();
        return new Held(pipe.reader(), writer::isClosed, pipe);
    }

    /** After the child has it. */
    private static void letGo(Held held) {
        if (held.end instanceof Pipe.OneWay pipe) {
            pipe.writer().close();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatAKilledChildHeldIsReady(Kind kind) throws Exception {
        Held held = kind.make();
        try (Company company = new Company();
                SharedEvent isHeld = SharedEvent.create();
                WaitSet set = WaitSet.create()) {
            RemoteRunnable hold = held.hold;
            ChildProcess holder = company.start("holder", () -> holdForEver(hold, isHeld));
            letGo(held);
            assertTrue(isHeld.await(LONG), company::said);
            assertToldAfter(() -> Company.kill(holder), set, held);
        }
        held.end.close();
    }

    /** Its parent is dead, so nobody announces its death: who waits finds out. */
    @ParameterizedTest
    @MethodSource("kinds")
    void alsoWhenNobodyAnnouncesTheDeath(Kind kind) throws Exception {
        Held held = kind.make();
        try (Company company = new Company();
                SharedEvent isHeld = SharedEvent.create();
                WaitSet set = WaitSet.create()) {
            RemoteRunnable hold = held.hold;
            ChildProcess parent = company.start("parent", () -> {
                ChildProcess.named("holder").heap("48m").start(() -> holdForEver(hold, isHeld));
                Processes.waitForEver();
            });
            letGo(held);
            assertTrue(isHeld.await(LONG), company::said);
            assertToldAfter(() -> Company.kill(parent), set, held);
        }
        held.end.close();
    }

    private static void holdForEver(RemoteRunnable hold, SharedEvent isHeld) throws Exception {
        hold.run();
        isHeld.set();
        Processes.waitForEver();
    }

    private static void assertToldAfter(Runnable kill, WaitSet set, Held held) throws Exception {
        WaitSet.Key key = set.add(held.thing);
        assertEquals(List.of(), set.await(Duration.ofMillis(20)));
        FutureTask<List<WaitSet.Key>> waiting = new FutureTask<>(() -> set.await(LONG));
        Thread waiter = new Thread(waiting);
        waiter.start();
        eventually(() -> isAsleep(waiter), () -> waiter + " does not sleep");
        kill.run();
        assertEquals(List.of(key), waiting.get());
        assertTrue(held.thing.isReady());
    }

    private static boolean isAsleep(Thread thread) {
        return Stream.of(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().endsWith("SleepLoop"));
    }
}
