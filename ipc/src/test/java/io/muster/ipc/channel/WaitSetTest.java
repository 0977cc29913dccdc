package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.sync.SharedEvent;
import io.muster.ipc.sync.SharedSemaphore;
import io.muster.ipc.sync.SharedSignal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a set promises when many things are waited for together. */
class WaitSetTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final WaitSet set = WaitSet.create();
    private final List<SharedEvent> made = new ArrayList<>();

    private SharedEvent event() {
        SharedEvent event = SharedEvent.create();
        made.add(event);
        return event;
    }

    @AfterEach
    void close() {
        set.close();
        made.forEach(SharedEvent::close);
        Background.until(
                "the threads of sets end",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("muster-waitset")));
    }

    @Test
    void allThatAreReadyComeBackInTheOrderInWhichTheyWereAdded() throws Exception {
        List<WaitSet.Key> keys = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            keys.add(set.add(event(), i));
        }
        for (int i : new int[] {150, 3, 64, 63, 199, 0}) {
            made.get(i).set();
        }
        assertEquals(
                List.of(0, 3, 63, 64, 150, 199),
                set.await(LONG).stream().map(WaitSet.Key::attachment).toList());
        keys.get(3).cancel();
        made.get(64).clear();
        made.get(5).set();
        assertEquals(
                List.of(0, 5, 63, 150, 199),
                set.await(LONG).stream().map(WaitSet.Key::attachment).toList());
        // The line is used again; the order is that of adding.
        set.add(made.get(3), "late");
        assertEquals(
                List.of(0, 5, 63, 150, 199, "late"),
                set.await(LONG).stream().map(WaitSet.Key::attachment).toList());
    }

    /** One that is always ready does not keep the others from being told. */
    @Test
    void nobodyStarves() throws Exception {
        SharedEvent always = event();
        always.set();
        set.add(always);
        SharedSignal signal = SharedSignal.create();
        set.add(signal);
        for (int i = 0; i < 100; i++) {
            assertEquals(List.of(always), sources(set.await(LONG)));
            signal.post();
            assertEquals(List.of(always, signal), sources(set.await(LONG)));
            assertTrue(signal.tryAwait());
        }
        signal.close();
    }

    private static List<Object> sources(List<WaitSet.Key> keys) {
        return keys.stream().map(WaitSet.Key::source).toList();
    }

    @Test
    void timersBecomeReadyInTime() throws Exception {
        long start = System.nanoTime();
        WaitSet.Key late = set.addTimer(Duration.ofMillis(40), "late");
        WaitSet.Key soon = set.addTimer(Duration.ofMillis(10), "soon");
        set.addTimer(Duration.ofDays(100_000), "never");
        assertEquals(List.of(), set.await(Duration.ZERO));
        assertEquals(List.of(soon), set.await());
        assertTrue(System.nanoTime() - start >= 10_000_000);
        soon.cancel();
        assertEquals(List.of(late), set.await());
        assertTrue(System.nanoTime() - start >= 40_000_000);
        assertEquals(List.of(late), set.await(), "until it is cancelled");
        late.cancel();
        WaitSet.Key past = set.addTimer(Duration.ofSeconds(-1), null);
        assertEquals(List.of(past), set.await(Duration.ZERO));
    }

    @Test
    void aTimerThatIsAddedShortensAWaitThatGoesOn() throws Exception {
        set.add(event());
        Background<List<WaitSet.Key>> waiting = Background.call(set::await);
        waiting.untilAsleep();
        WaitSet.Key timer = set.addTimer(Duration.ofMillis(5), null);
        assertEquals(List.of(timer), waiting.get());
    }

    @Test
    void allMeansEachOnce() throws Exception {
        SharedSignal signal = SharedSignal.create();
        WaitSet.Key first = set.add(signal);
        WaitSet.Key second = set.add(event());
        CompletableFuture<String> future = new CompletableFuture<>();
        WaitSet.Key third = set.add(future);
        signal.post();
        Background<List<WaitSet.Key>> waiting = Background.call(set::awaitAll);
        waiting.untilAsleep();
        future.complete("done");
        assertFalse(waiting.isDone());
        made.get(0).set();
        assertEquals(List.of(first, second, third), waiting.get());
        assertTrue(signal.tryAwait());
        made.get(0).clear();
        assertEquals(List.of(third), set.awaitAll(Duration.ofMillis(10)), "those that have been ready");
        assertEquals(List.of(third), set.await(LONG));
        set.await(Duration.ZERO);
        signal.close();
        assertEquals(List.of(first, third), set.await(LONG), "what is closed is ready");
    }

    @Test
    void anEmptySetHasAllAndNotAny() throws Exception {
        assertEquals(List.of(), set.awaitAll());
        assertEquals(List.of(), set.await(Duration.ofMillis(1)));
    }

    @Test
    void oneCallWaitsForThingsOfAllKinds() throws Exception {
        SharedEvent event = event();
        CompletableFuture<String> future = new CompletableFuture<>();
        assertEquals(List.of(), WaitSet.any(Duration.ofMillis(1), event, future));
        Duration timer = Duration.ofMillis(1);
        assertEquals(List.of(timer), WaitSet.any(LONG, event, future, timer));
        future.complete("done");
        assertEquals(List.of(future), WaitSet.any(LONG, event, future));
        assertEquals(List.of(future), WaitSet.all(Duration.ofMillis(5), event, future));
        event.set();
        assertEquals(List.of(event, future), WaitSet.all(LONG, event, future));
        assertThrows(IllegalArgumentException.class, () -> WaitSet.any(LONG));
        assertThrows(IllegalArgumentException.class, () -> WaitSet.any(LONG, event, "text"));
        assertThrows(NullPointerException.class, () -> WaitSet.any(LONG, event, null));
        assertThrows(NullPointerException.class, () -> WaitSet.any(null, event));
        assertThrows(IllegalArgumentException.class, () -> set.add(() -> true), "no Waitable of Muster's");
    }

    @Test
    void whatIsClosedIsReady() throws Exception {
        SharedEvent event = SharedEvent.create();
        WaitSet.Key key = set.add(event);
        Background<List<WaitSet.Key>> waiting = Background.call(set::await);
        waiting.untilAsleep();
        event.close();
        assertEquals(List.of(key), waiting.get());
        assertTrue(event.isReady());
        assertThrows(ClosedObjectException.class, event::isSet);
        assertThrows(ClosedObjectException.class, () -> set.add(event));
        assertEquals(1, set.size());
        key.cancel();
    }

    @Test
    void severalThreadsWaitForOneSet() throws Exception {
        WaitSet.Key key = set.add(event());
        List<Background<List<WaitSet.Key>>> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiting.add(Background.call(set::await));
        }
        Background<List<WaitSet.Key>> brief = Background.call(() -> set.await(Duration.ofMillis(5)));
        assertEquals(List.of(), brief.get());
        waiting.get(0).untilAsleep();
        made.get(0).set();
        // A thread whose turn it is not is told what it has made ready itself.
        assertEquals(List.of(key), set.await(Duration.ZERO));
        for (var each : waiting) {
            assertEquals(List.of(key), each.get());
        }
    }

    @Test
    void fiveThousandThingsAreWaitedForAtOnce() throws Exception {
        int many = 5_000;
        SharedSemaphore[] semaphores = new SharedSemaphore[4];
        for (int i = 0; i < many; i++) {
            set.add(event(), i);
        }
        for (int i = 0; i < semaphores.length; i++) {
            semaphores[i] = SharedSemaphore.create(0);
            set.add(semaphores[i], many + i);
        }
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            Set<Integer> chosen = new HashSet<>();
            for (int i = 0; i < 1 + round % 5; i++) {
                chosen.add(random.nextInt(many));
            }
            Background<Void> other = Background.call(() -> {
                chosen.forEach(each -> made.get(each).set());
                return null;
            });
            Set<Integer> seen = new HashSet<>();
            while (!seen.equals(chosen)) {
                for (WaitSet.Key key : set.await(LONG)) {
                    assertTrue(chosen.contains(key.attachment()), key::toString);
                    seen.add((Integer) key.attachment());
                    ((SharedEvent) key.source()).clear();
                }
            }
            other.get();
        }
        made.forEach(SharedEvent::set);
        for (SharedSemaphore semaphore : semaphores) {
            semaphore.release();
        }
        assertEquals(many + semaphores.length, set.awaitAll(LONG).size());
        for (SharedSemaphore semaphore : semaphores) {
            semaphore.close();
        }
    }

    /** Several threads make things ready, one takes them all, none is left behind. */
    @Test
    void nothingIsLostBetweenManyWhoMakeReadyAndOneWhoWaits() throws Exception {
        int each = 3_000;
        int sources = 16;
        SharedSignal[] signals = new SharedSignal[sources];
        for (int i = 0; i < sources; i++) {
            signals[i] = SharedSignal.create();
            set.add(signals[i]);
        }
        List<Background<Void>> posters = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            Random random = new Random(t);
            posters.add(Background.call(() -> {
                for (int i = 0; i < each; i++) {
                    signals[random.nextInt(sources)].post();
                    if (i % 64 == 0) {
                        Thread.sleep(1); // a pause now and then, so that the set also sleeps
                    }
                }
                return null;
            }));
        }
        int taken = 0;
        while (taken < 3 * each) {
            List<WaitSet.Key> ready = set.await(LONG);
            assertFalse(ready.isEmpty(), "taken " + taken);
            for (WaitSet.Key key : ready) {
                while (((SharedSignal) key.source()).tryAwait()) {
                    taken++;
                }
            }
        }
        assertEquals(3 * each, taken);
        for (var poster : posters) {
            poster.get();
        }
        assertEquals(List.of(), set.await(Duration.ZERO));
        for (SharedSignal signal : signals) {
            signal.close();
        }
    }

    @Test
    void membersComeAndGoWhileOthersWait() throws Exception {
        SharedEvent steady = event();
        set.add(steady);
        AtomicInteger rounds = new AtomicInteger();
        Background<Void> changer = Background.call(() -> {
            for (int i = 0; i < 500; i++) {
                try (SharedEvent passing = SharedEvent.create()) {
                    WaitSet.Key key = set.add(passing);
                    if (i % 2 == 0) {
                        passing.set();
                    }
                    key.cancel();
                }
                rounds.incrementAndGet();
            }
            steady.set();
            return null;
        });
        while (!steady.isSet()) {
            set.await(LONG);
        }
        changer.get();
        assertEquals(List.of(steady), sources(set.await(LONG)));
        assertEquals(500, rounds.get());
        assertEquals(1, set.size());
    }

    @Test
    void socketsAreAcceptedFromAndRead() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open();
                Pipe.SourceChannel blocking = Pipe.open().source()) {
            assertThrows(IllegalBlockingModeException.class, () -> set.add(blocking, SelectionKey.OP_READ, null));
            assertThrows(IllegalArgumentException.class, () -> set.add(blocking, SelectionKey.OP_WRITE, null));
            assertEquals(0, set.size());
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            server.configureBlocking(false);
            WaitSet.Key accepting = set.add(server, SelectionKey.OP_ACCEPT, null);
            assertEquals(List.of(), set.await(Duration.ofMillis(10)));
            try (SocketChannel client = SocketChannel.open(server.getLocalAddress())) {
                assertEquals(List.of(accepting), set.await(LONG));
                assertEquals(SelectionKey.OP_ACCEPT, accepting.readyOps());
                try (SocketChannel accepted = server.accept()) {
                    accepted.configureBlocking(false);
                    WaitSet.Key reading = set.add(accepted, SelectionKey.OP_READ, null);
                    assertEquals(List.of(), set.await(Duration.ofMillis(10)));
                    for (int i = 0; i < 50; i++) {
                        client.write(ByteBuffer.wrap(new byte[2]));
                        assertEquals(List.of(reading), set.await(LONG));
                        assertEquals(1, accepted.read(ByteBuffer.allocate(1)));
                        assertEquals(List.of(reading), set.await(LONG), "there is more");
                        Background.until("the other byte", () -> read(accepted) == 1);
                        assertEquals(List.of(), set.await(Duration.ZERO));
                    }
                    client.shutdownOutput();
                    assertEquals(List.of(reading), set.await(LONG), "its end is to be read");
                    assertEquals(-1, read(accepted));
                    end(accepted);
                    assertEquals(List.of(reading), set.await(LONG), "closed is ready");
                    reading.cancel();
                }
            }
            accepting.cancel();
            Background.until("it can be made blocking again", () -> isBlockingAgain(server));
        }
    }

    @Test
    void aChannelIsWaitedForWithSeveralKeys() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (SocketChannel client = SocketChannel.open(server.getLocalAddress());
                    SocketChannel accepted = server.accept()) {
                accepted.configureBlocking(false);
                WaitSet.Key reading = set.add(accepted, SelectionKey.OP_READ, "read");
                WaitSet.Key writing = set.add(accepted, SelectionKey.OP_WRITE, "write");
                assertEquals(List.of(writing), set.await(LONG));
                assertEquals(0, reading.readyOps());
                assertEquals(SelectionKey.OP_WRITE, writing.readyOps());
                Background<List<WaitSet.Key>> waiting = Background.call(set::awaitAll);
                waiting.untilAsleep();
                client.write(ByteBuffer.allocate(1));
                assertEquals(List.of(reading, writing), waiting.get());
                assertEquals(SelectionKey.OP_READ, reading.readyOps());
                writing.cancel();
                assertEquals(1, read(accepted));
                assertEquals(List.of(), set.await(Duration.ofMillis(10)));
                waiting = Background.call(set::await);
                waiting.untilAsleep();
                client.write(ByteBuffer.allocate(1));
                assertEquals(List.of(reading), waiting.get());
                reading.cancel();
                Background.until("it can be made blocking again", () -> isBlockingAgain(accepted));
            }
        }
    }

    private static void end(SocketChannel channel) throws java.io.IOException {
        channel.close();
    }

    private static int read(SocketChannel channel) {
        try {
            return channel.read(ByteBuffer.allocate(1));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isBlockingAgain(SelectableChannel channel) {
        try {
            channel.configureBlocking(true);
            return true;
        } catch (IllegalBlockingModeException e) {
            return false;
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theChannelsOfASelectorAreWaitedForWithTheirAttachments() throws Exception {
        Pipe first = Pipe.open();
        Pipe second = Pipe.open();
        try (Selector selector = Selector.open()) {
            for (Pipe pipe : List.of(first, second)) {
                pipe.source().configureBlocking(false);
                pipe.source().register(selector, SelectionKey.OP_READ, pipe);
            }
            assertEquals(2, set.addAll(selector).size());
            second.sink().write(ByteBuffer.allocate(1));
            List<WaitSet.Key> ready = set.await(LONG);
            assertEquals(
                    List.of(second), ready.stream().map(WaitSet.Key::attachment).toList());
            assertEquals(1, selector.selectNow());
        } finally {
            for (Pipe pipe : List.of(first, second)) {
                pipe.source().close();
                pipe.sink().close();
            }
        }
    }

    /** A stage cannot forget a callback: waiting for it again and again must leave nothing behind. */
    @Test
    void waitingOftenForOneStageLeavesOneCallback() throws Exception {
        CompletableFuture<String> future = new CompletableFuture<>();
        for (int i = 0; i < 300; i++) {
            assertEquals(List.of(), WaitSet.any(Duration.ZERO, future));
        }
        assertEquals(1, future.getNumberOfDependents());
        future.complete("done");
        assertEquals(List.of(future), WaitSet.any(LONG, future));
    }

    /** All its stages are equal. */
    private static final class Lookalike extends CompletableFuture<String> {
        @Override
        public boolean equals(Object other) {
            return other instanceof Lookalike;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    @Test
    void stagesAreToldApartThoughTheyAreEqual() throws Exception {
        Lookalike done = new Lookalike();
        Lookalike open = new Lookalike();
        assertEquals(List.of(), WaitSet.any(Duration.ZERO, done));
        done.complete("done");
        assertEquals(List.of(), WaitSet.any(Duration.ZERO, open));
        WaitSet.Key key = set.add(open);
        Background<List<WaitSet.Key>> waiting = Background.call(set::await);
        waiting.untilAsleep();
        open.complete("too");
        assertEquals(List.of(key), waiting.get());
    }
}
