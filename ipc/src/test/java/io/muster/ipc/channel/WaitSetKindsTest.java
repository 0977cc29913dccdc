package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.muster.ipc.Manager;
import io.muster.ipc.sync.SharedCountDownLatch;
import io.muster.ipc.sync.SharedEvent;
import io.muster.ipc.sync.SharedSemaphore;
import io.muster.ipc.sync.SharedSignal;
import io.muster.ipc.wait.Waitable;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract over every kind of source. */
class WaitSetKindsTest {

    abstract static class Shared extends WaitableContract {
        @Override
        WaitSet.Key add(WaitSet to, Object source, Object attachment) {
            return to.add((Waitable) source, attachment);
        }

        @Override
        void end(Object source) throws Exception {
            ((AutoCloseable) source).close();
        }
    }

    @Nested
    class Events extends Shared {
        @Override
        Object make() {
            return SharedEvent.create();
        }

        @Override
        void makeReady(Object source) {
            ((SharedEvent) source).set();
        }

        @Override
        boolean unmakeReady(Object source) {
            ((SharedEvent) source).clear();
            return true;
        }
    }

    @Nested
    class Semaphores extends Shared {
        @Override
        Object make() {
            return SharedSemaphore.create(0);
        }

        @Override
        void makeReady(Object source) {
            ((SharedSemaphore) source).release();
        }

        @Override
        boolean unmakeReady(Object source) {
            return ((SharedSemaphore) source).tryAcquire();
        }
    }

    @Nested
    class FairSemaphores extends Semaphores {
        @Override
        Object make() {
            return SharedSemaphore.createFair(0);
        }
    }

    @Nested
    class Signals extends Shared {
        @Override
        Object make() {
            return SharedSignal.create();
        }

        @Override
        void makeReady(Object source) {
            ((SharedSignal) source).post();
        }

        @Override
        boolean unmakeReady(Object source) {
            return ((SharedSignal) source).tryAwait();
        }
    }

    @Nested
    class Latches extends Shared {
        @Override
        Object make() {
            return SharedCountDownLatch.create(1);
        }

        @Override
        void makeReady(Object source) {
            ((SharedCountDownLatch) source).countDown();
        }

        @Override
        boolean unmakeReady(Object source) {
            return false;
        }
    }

    /** More sets than there is room for among the watchers: a thread waits for the others. */
    @Nested
    class CrowdedEvents extends Events {
        private final Map<Object, WaitSet[]> crowds = new IdentityHashMap<>();

        @Override
        Object make() {
            SharedEvent event = SharedEvent.create();
            WaitSet[] crowd = new WaitSet[10];
            for (int i = 0; i < crowd.length; i++) {
                crowd[i] = WaitSet.create();
                crowd[i].add(event);
            }
            crowds.put(event, crowd);
            return event;
        }

        @Override
        void end(Object source) throws Exception {
            for (WaitSet set : crowds.get(source)) {
                set.close();
            }
            super.end(source);
        }
    }

    @Nested
    class CrowdedSemaphores extends Semaphores {
        private final Map<Object, WaitSet[]> crowds = new IdentityHashMap<>();

        @Override
        Object make() {
            SharedSemaphore semaphore = SharedSemaphore.create(0);
            WaitSet[] crowd = new WaitSet[10];
            for (int i = 0; i < crowd.length; i++) {
                crowd[i] = WaitSet.create();
                crowd[i].add(semaphore);
            }
            crowds.put(semaphore, crowd);
            return semaphore;
        }

        @Override
        void end(Object source) throws Exception {
            for (WaitSet set : crowds.get(source)) {
                set.close();
            }
            super.end(source);
        }
    }

    @Nested
    class Stages extends WaitableContract {
        @Override
        Object make() {
            return new CompletableFuture<String>();
        }

        @Override
        WaitSet.Key add(WaitSet to, Object source, Object attachment) {
            return to.add((CompletionStage<?>) source, attachment);
        }

        @Override
        void makeReady(Object source) {
            ((CompletableFuture<?>) source).completeExceptionally(new IllegalStateException("completed in its way"));
        }

        @Override
        boolean unmakeReady(Object source) {
            return false;
        }

        @Override
        void end(Object source) {}
    }

    @Nested
    class Futures extends WaitableContract {
        @Override
        Object make() {
            return new FutureTask<>(() -> "done");
        }

        @Override
        WaitSet.Key add(WaitSet to, Object source, Object attachment) {
            return to.addFuture((FutureTask<?>) source, attachment);
        }

        @Override
        void makeReady(Object source) {
            ((FutureTask<?>) source).run();
        }

        @Override
        boolean unmakeReady(Object source) {
            return false;
        }

        @Override
        void end(Object source) {}
    }

    @Nested
    class Channels extends WaitableContract {
        private final Map<Object, java.nio.channels.Pipe> pipes = new IdentityHashMap<>();

        @Override
        Object make() throws Exception {
            java.nio.channels.Pipe pipe = java.nio.channels.Pipe.open();
            pipe.source().configureBlocking(false);
            pipes.put(pipe.source(), pipe);
            return pipe.source();
        }

        @Override
        WaitSet.Key add(WaitSet to, Object source, Object attachment) {
            return to.add((java.nio.channels.Pipe.SourceChannel) source, SelectionKey.OP_READ, attachment);
        }

        @Override
        void makeReady(Object source) throws Exception {
            pipes.get(source).sink().write(ByteBuffer.allocate(1));
        }

        @Override
        boolean unmakeReady(Object source) throws Exception {
            return ((java.nio.channels.Pipe.SourceChannel) source).read(ByteBuffer.allocate(16)) == 1;
        }

        @Override
        void end(Object source) throws Exception {
            pipes.get(source).sink().close();
            pipes.get(source).source().close();
        }
    }

    abstract static class Connections extends WaitableContract {
        private final Map<Object, ConnectionPair.Ends> pairs = new IdentityHashMap<>();

        abstract ConnectionPair.Ends openPair() throws Exception;

        @Override
        Object make() throws Exception {
            ConnectionPair.Ends ends = openPair();
            pairs.put(ends.right(), ends);
            return ends.right();
        }

        @Override
        WaitSet.Key add(WaitSet to, Object source, Object attachment) {
            return to.add((Connection) source, attachment);
        }

        @Override
        void makeReady(Object source) throws Exception {
            pairs.get(source).left().send("a message");
        }

        @Override
        boolean unmakeReady(Object source) throws Exception {
            return ((Connection) source).recv().equals("a message");
        }

        @Override
        void end(Object source) {
            pairs.get(source).close();
        }

        @Test
        void theEndIsReadyForEver() throws Exception {
            ConnectionPair.Ends ends = openPair();
            try (WaitSet set = WaitSet.create()) {
                WaitSet.Key key = set.add(ends.right());
                ends.left().send("last");
                Background<List<WaitSet.Key>> waiting = Background.call(set::await);
                assertEquals(List.of(key), waiting.get());
                assertEquals("last", ends.right().recv());
                waiting = Background.call(set::await);
                waiting.untilAsleep();
                ends.left().close();
                assertEquals(List.of(key), waiting.get());
                assertThrows(EOFException.class, () -> ends.right().recv());
                assertEquals(List.of(key), set.await());
            } finally {
                ends.close();
            }
        }

        /** Longer than what fits in between: it comes in pieces, of which looking takes what is there. */
        @Test
        void aLargeMessageIsWaitedForUntilItIsComplete() throws Exception {
            ConnectionPair.Ends ends = openPair();
            byte[] large = new byte[5_000_000];
            large[4_999_999] = 7;
            try (WaitSet set = WaitSet.create()) {
                WaitSet.Key key = set.add(ends.right());
                Background<Void> sending = Background.call(() -> {
                    ends.left().sendBytes(large);
                    return null;
                });
                assertEquals(List.of(key), set.await());
                assertArrayEquals(large, ends.right().recvBytes());
                sending.get();
                assertEquals(List.of(), set.await(Duration.ZERO));
            } finally {
                ends.close();
            }
        }
    }

    @Nested
    class Sockets extends Connections {
        @TempDir
        private Path directory;

        @Override
        ConnectionPair.Ends openPair() throws Exception {
            SocketPairTest maker = new SocketPairTest();
            maker.directory = directory;
            return maker.open();
        }
    }

    @Nested
    class Pipes extends Connections {
        @Override
        ConnectionPair.Ends openPair() {
            Pipe.OneWay pipe = Pipe.oneWay();
            return new ConnectionPair.Ends(pipe.writer(), pipe.reader());
        }
    }

    @Nested
    class Queues extends Shared {
        @Override
        Object make() {
            return SharedQueue.<String>create();
        }

        @Override
        @SuppressWarnings("unchecked")
        void makeReady(Object source) throws Exception {
            ((SharedQueue<String>) source).add("an item");
        }

        @Override
        boolean unmakeReady(Object source) {
            return "an item".equals(((SharedQueue<?>) source).poll());
        }
    }

    @Nested
    class SmallPipes extends Connections {
        @Override
        ConnectionPair.Ends openPair() {
            Pipe.OneWay pipe = Pipe.options().capacity(Pipe.LEAST_CAPACITY).makeOneWay();
            return new ConnectionPair.Ends(pipe.writer(), pipe.reader());
        }
    }

    /** Kinds that differ in how items are ordered and taken. */
    @Nested
    class Joinables extends Queues {
        @Override
        Object make() {
            return JoinableQueue.<String>create(4);
        }

        @Override
        boolean unmakeReady(Object source) {
            boolean taken = super.unmakeReady(source);
            ((JoinableQueue<?>) source).taskDone();
            return taken;
        }
    }

    @Nested
    class Priorities extends Queues {
        @Override
        Object make() {
            return SharedPriorityQueue.<String>create(4);
        }

        @Override
        @SuppressWarnings("unchecked")
        void makeReady(Object source) throws Exception {
            ((SharedPriorityQueue<String>) source).put("an item", 3);
        }
    }

    @Nested
    class QueuesInThisProcess extends Queues {
        @Override
        Object make() {
            return SharedDeque.builder(String.class).createInProcess();
        }
    }

    @Nested
    class CrowdedQueues extends Queues {
        private final Map<Object, WaitSet[]> crowds = new IdentityHashMap<>();

        @Override
        Object make() {
            SharedQueue<String> queue = SharedQueue.create();
            WaitSet[] crowd = new WaitSet[10];
            for (int i = 0; i < crowd.length; i++) {
                crowd[i] = WaitSet.create();
                crowd[i].add(queue);
            }
            crowds.put(queue, crowd);
            return queue;
        }

        @Override
        void end(Object source) throws Exception {
            for (WaitSet set : crowds.get(source)) {
                set.close();
            }
            super.end(source);
        }
    }

    /** In a place of its own: there the set sleeps. */
    @Nested
    class NamedEvents extends Events {
        private final Map<Object, Manager> managers = new IdentityHashMap<>();

        @TempDir
        private Path directory;

        @Override
        Object make() {
            Manager manager = Manager.open(directory.resolve("place"));
            SharedEvent event = manager.getEvent("event");
            managers.put(event, manager);
            return event;
        }

        @Override
        void end(Object source) throws Exception {
            super.end(source);
            managers.get(source).close();
        }
    }

    /** In another place than where the set sleeps. */
    @Nested
    class FarEvents extends NamedEvents {
        @Override
        WaitSet.Key add(WaitSet to, Object source, Object attachment) {
            // The first member decides where the set sleeps.
            to.add(new CompletableFuture<String>()).cancel();
            return super.add(to, source, attachment);
        }
    }
}
