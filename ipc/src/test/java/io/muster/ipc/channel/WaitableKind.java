package io.muster.ipc.channel;

import io.muster.ipc.Manager;
import io.muster.ipc.sync.SharedBinarySemaphore;
import io.muster.ipc.sync.SharedCountDownLatch;
import io.muster.ipc.sync.SharedEvent;
import io.muster.ipc.sync.SharedSemaphore;
import io.muster.ipc.sync.SharedSignal;
import io.muster.ipc.wait.Waitable;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/** A kind of thing that a {@link WaitSet} waits for: a name, and how to make one that is not ready. */
record WaitableKind(String name, Maker maker) {
    private static final Undo<Object> ONCE = thing -> false;

    interface Maker {
        /** @param directory for what needs files */
        Source make(Path directory) throws Exception;
    }

    interface Use<S> {
        void on(S thing) throws Exception;
    }

    interface Undo<S> {
        /** Makes it not ready; false if this kind stays ready once it is. */
        boolean on(S thing) throws Exception;
    }

    interface Adder<S> {
        WaitSet.Key add(WaitSet set, S thing, Object attachment);
    }

    /** One of them, as it is given to a set, and what to do with it. */
    record Source(Object thing, Adder<Object> adder, Use<Object> ready, Undo<Object> undo, Use<Object> closing) {
        WaitSet.Key addTo(WaitSet set, Object attachment) {
            return adder.add(set, thing, attachment);
        }

        void makeReady() throws Exception {
            ready.on(thing);
        }

        boolean unmakeReady() throws Exception {
            return undo.on(thing);
        }

        /** Whether there is something to close. */
        boolean canEnd() {
            return closing != null;
        }

        void end() throws Exception {
            if (closing != null) {
                closing.on(thing);
            }
        }

        private Source onEnd(Use<Object> before) {
            Use<Object> own = closing;
            return new Source(thing, adder, ready, undo, ending -> {
                before.on(ending);
                own.on(ending);
            });
        }
    }

    Source make(Path directory) throws Exception {
        return maker.make(directory);
    }

    @Override
    public String toString() {
        return name;
    }

    static Stream<WaitableKind> all() {
        return Stream.of(shared(), crowded(), connections(), ofTheJdk()).flatMap(kinds -> kinds);
    }

    @SuppressWarnings("unchecked")
    private static <S> Source source(S thing, Adder<S> adder, Use<S> ready, Undo<? super S> undo, Use<S> end) {
        return new Source(thing, (Adder<Object>) adder, (Use<Object>) ready, (Undo<Object>) undo, (Use<Object>) end);
    }

    private static <S extends Waitable> Source shared(S thing, Use<S> ready, Undo<? super S> undo) {
        return source(thing, WaitSet::add, ready, undo, closed -> ((AutoCloseable) closed).close());
    }

    private static Stream<WaitableKind> shared() {
        return Stream.of(
                new WaitableKind("event", temp -> event(SharedEvent.create())),
                new WaitableKind("semaphore", temp -> semaphore(SharedSemaphore.create(0))),
                new WaitableKind("fair semaphore", temp -> semaphore(SharedSemaphore.createFair(0))),
                new WaitableKind("binary semaphore", temp -> held(SharedBinarySemaphore.create())),
                new WaitableKind(
                        "signal", temp -> shared(SharedSignal.create(), SharedSignal::post, SharedSignal::tryAwait)),
                new WaitableKind(
                        "latch", temp -> shared(SharedCountDownLatch.create(1), SharedCountDownLatch::countDown, ONCE)),
                new WaitableKind("queue", temp -> queue(SharedQueue.<String>create())),
                new WaitableKind("deque", temp -> queue(SharedDeque.<String>create(4))),
                new WaitableKind("joinable queue", temp -> joinable(JoinableQueue.<String>create(4))),
                new WaitableKind("priority queue", temp -> priority(SharedPriorityQueue.<String>create(4))),
                new WaitableKind(
                        "queue in this process",
                        temp -> queue(SharedDeque.builder(String.class).createInProcess())),
                new WaitableKind("named event", temp -> named(temp, false)),
                new WaitableKind("far event", temp -> named(temp, true)));
    }

    private static Source event(SharedEvent event) {
        return shared(event, SharedEvent::set, set -> {
            set.clear();
            return true;
        });
    }

    private static Source semaphore(SharedSemaphore semaphore) {
        return shared(semaphore, SharedSemaphore::release, SharedSemaphore::tryAcquire);
    }

    private static Source held(SharedBinarySemaphore semaphore) {
        semaphore.acquireUninterruptibly();
        return shared(semaphore, SharedBinarySemaphore::release, SharedBinarySemaphore::tryAcquire);
    }

    private static Source queue(SharedQueue<String> queue) {
        return shared(
                queue, filled -> filled.put("an item"), filled -> filled.poll().equals("an item"));
    }

    private static Source priority(SharedPriorityQueue<String> queue) {
        return shared(
                queue,
                filled -> filled.put("an item", 3),
                filled -> filled.poll().equals("an item"));
    }

    private static Source joinable(JoinableQueue<String> queue) {
        return shared(queue, filled -> filled.put("an item"), filled -> {
            boolean taken = filled.poll().equals("an item");
            filled.taskDone();
            return taken;
        });
    }

    /** @param far whether the set sleeps in another place than the event's */
    private static Source named(Path directory, boolean far) {
        Manager manager = Manager.open(directory.resolve("place"));
        Source near = event(manager.getEvent("event"));
        Adder<Object> adder = (set, thing, attachment) -> {
            if (far) {
                // The first member decides where the set sleeps.
                set.add(new CompletableFuture<String>()).cancel();
            }
            return near.adder().add(set, thing, attachment);
        };
        // Closing the handle of a named object ends it for nobody, and the place goes with its directory.
        return new Source(near.thing(), adder, near.ready(), near.undo(), null);
    }

    /** With more sets than there is room for among the watchers: a thread waits for the others. */
    private static Stream<WaitableKind> crowded() {
        Set<String> names = Set.of("event", "semaphore", "fair semaphore", "binary semaphore", "signal", "queue");
        return shared().filter(kind -> names.contains(kind.name))
                .map(kind -> new WaitableKind("crowded " + kind, temp -> crowd(kind.make(temp))));
    }

    private static Source crowd(Source source) {
        List<WaitSet> crowd = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            WaitSet set = WaitSet.create();
            source.addTo(set, null);
            crowd.add(set);
        }
        return source.onEnd(thing -> crowd.forEach(WaitSet::close));
    }

    private static Stream<WaitableKind> connections() {
        return pairs().map(pair -> new WaitableKind(pair.name, temp -> {
            ConnectionPair.Ends ends = pair.opener.open(temp);
            return source(
                    ends.right(),
                    WaitSet::add,
                    thing -> ends.left().send("a message"),
                    thing -> thing.recv().equals("a message"),
                    thing -> ends.close());
        }));
    }

    interface Opener {
        ConnectionPair.Ends open(Path directory) throws Exception;
    }

    /** A kind of connection; what its left end sends, the right one receives. */
    record Pair(String name, Opener opener) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Pair> pairs() {
        return Stream.of(
                new Pair("socket", WaitableKind::sockets),
                new Pair("pipe", temp -> oneWay(Pipe.oneWay())),
                new Pair(
                        "small pipe",
                        temp -> oneWay(
                                Pipe.options().capacity(Pipe.LEAST_CAPACITY).makeOneWay())),
                new Pair("duplex pipe", temp -> duplex(Pipe.duplex())));
    }

    private static ConnectionPair.Ends sockets(Path directory) throws Exception {
        SocketPairTest maker = new SocketPairTest();
        maker.directory = directory;
        return maker.open();
    }

    private static ConnectionPair.Ends oneWay(Pipe.OneWay pipe) {
        return new ConnectionPair.Ends(pipe.writer(), pipe.reader());
    }

    private static ConnectionPair.Ends duplex(Pipe.Duplex pipe) {
        return new ConnectionPair.Ends(pipe.first(), pipe.second());
    }

    private static Stream<WaitableKind> ofTheJdk() {
        return Stream.of(
                new WaitableKind(
                        "stage",
                        temp -> source(
                                new CompletableFuture<String>(),
                                (set, stage, attachment) -> set.add((CompletionStage<?>) stage, attachment),
                                stage -> stage.completeExceptionally(new IllegalStateException("its way to end")),
                                ONCE,
                                null)),
                new WaitableKind(
                        "future",
                        temp -> source(
                                new FutureTask<>(() -> "done"), WaitSet::addFuture, FutureTask::run, ONCE, null)),
                new WaitableKind("channel", temp -> channel(java.nio.channels.Pipe.open())));
    }

    private static Source channel(java.nio.channels.Pipe pipe) throws Exception {
        pipe.source().configureBlocking(false);
        return source(
                pipe.source(),
                (set, channel, attachment) -> set.add(channel, SelectionKey.OP_READ, attachment),
                channel -> pipe.sink().write(ByteBuffer.allocate(1)),
                channel -> channel.read(ByteBuffer.allocate(16)) == 1,
                channel -> {
                    channel.close();
                    pipe.sink().close();
                });
    }
}
