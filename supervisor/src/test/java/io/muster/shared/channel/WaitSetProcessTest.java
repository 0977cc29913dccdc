package io.muster.shared.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ProcessPool;
import io.muster.TaskFuture;
import io.muster.ipc.Manager;
import io.muster.ipc.channel.WaitSet;
import io.muster.ipc.sync.SharedEvent;
import io.muster.ipc.sync.SharedSignal;
import io.muster.remote.RemoteRunnable;
import io.muster.testing.HangDump;
import io.muster.testing.Processes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One process waits for what others do, some of which are killed. */
@ExtendWith(HangDump.class)
class WaitSetProcessTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private static SharedSignal[] signals(int count) {
        SharedSignal[] signals = new SharedSignal[count];
        for (int i = 0; i < count; i++) {
            signals[i] = SharedSignal.create();
        }
        return signals;
    }

    private static void close(SharedSignal[] signals) {
        for (SharedSignal signal : signals) {
            signal.close();
        }
    }

    /** In the child: whatever is asked is answered, until it is told to stop. */
    private static void answer(SharedSignal[] questions, SharedSignal[] answers, SharedEvent stop)
            throws InterruptedException {
        try (WaitSet set = WaitSet.create()) {
            set.add(stop);
            for (int i = 0; i < questions.length; i++) {
                set.add(questions[i], i);
            }
            while (!stop.isSet()) {
                for (WaitSet.Key key : set.await()) {
                    while (key.source() instanceof SharedSignal question && question.tryAwait()) {
                        answers[(Integer) key.attachment()].post();
                    }
                }
            }
        }
    }

    private static void askAndListen(SharedSignal[] questions, SharedSignal[] answers, int rounds, ChildProcess child)
            throws InterruptedException {
        try (WaitSet set = WaitSet.create()) {
            for (SharedSignal answer : answers) {
                set.add(answer);
            }
            set.add(child.onExit());
            for (int round = 0; round < rounds; round++) {
                int expected = round % questions.length;
                questions[expected].post();
                List<WaitSet.Key> ready = set.await(LONG);
                assertEquals(1, ready.size(), "round " + round + ": " + ready);
                assertEquals(answers[expected], ready.get(0).source());
                assertTrue(answers[expected].tryAwait());
            }
        }
    }

    private interface Starter {
        ChildProcess start(Company company, RemoteRunnable body);
    }

    private static void thousandsOfRounds(int rounds, Starter starter) throws Exception {
        SharedSignal[] questions = signals(40);
        SharedSignal[] answers = signals(40);
        try (Company company = new Company();
                SharedEvent stop = SharedEvent.create()) {
            ChildProcess child = starter.start(company, () -> answer(questions, answers, stop));
            askAndListen(questions, answers, rounds, child);
            stop.set();
            assertTrue(child.join(LONG), company::said);
            assertTrue(child.exitStatus().orElseThrow().isSuccess(), company::said);
        }
        close(questions);
        close(answers);
    }

    @Test
    void twoProcessesWakeEachOtherThousandsOfTimes() throws Exception {
        thousandsOfRounds(4_000, (company, body) -> company.start("answers", body));
    }

    @Test
    void alsoWhenTheOtherOneHasNoNativeLayer() throws Exception {
        thousandsOfRounds(300, (company, body) -> company.startPortable("answers", body));
    }

    @Test
    void theExitOfAChildIsToldWithItsStatus() throws Exception {
        try (Company company = new Company();
                WaitSet set = WaitSet.create();
                SharedEvent never = SharedEvent.create()) {
            ChildProcess quick = company.start("quick", () -> {});
            ChildProcess killed = company.start("killed", Processes::waitForEver);
            set.add(never);
            WaitSet.Key first = set.add(quick.onExit(), quick);
            assertEquals(List.of(first), set.await(LONG));
            assertTrue(quick.exitStatus().orElseThrow().isSuccess());
            first.cancel();
            WaitSet.Key second = set.add(killed.onExit(), killed);
            assertEquals(List.of(), set.await(Duration.ZERO));
            Company.kill(killed);
            assertEquals(List.of(second), set.await(LONG));
            assertFalse(killed.exitStatus().orElseThrow().isSuccess());
        }
    }

    /** More of them than an event has room for watchers. */
    @Test
    void killedWatchersAreForgotten() throws Exception {
        try (Company company = new Company();
                SharedEvent event = SharedEvent.create();
                SharedSignal come = SharedSignal.create();
                SharedSignal seen = SharedSignal.create()) {
            for (int round = 0; round < 3; round++) {
                List<ChildProcess> watchers = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    watchers.add(company.start("watcher-" + round + "-" + i, () -> {
                        try (WaitSet set = WaitSet.create()) {
                            set.add(event);
                            come.post();
                            set.await();
                            seen.post();
                            Processes.waitForEver();
                        }
                    }));
                }
                for (int i = 0; i < watchers.size(); i++) {
                    assertTrue(come.await(LONG), company::said);
                }
                event.set();
                for (int i = 0; i < watchers.size(); i++) {
                    assertTrue(seen.await(LONG), company::said);
                }
                event.clear();
                watchers.forEach(Company::kill);
                for (ChildProcess watcher : watchers) {
                    assertTrue(watcher.join(LONG));
                }
            }
        }
    }

    @Test
    void resultsOfAPoolComeAsTheyAreDone() throws Exception {
        try (ProcessPool pool = ProcessPool.workers(2);
                WaitSet set = WaitSet.create()) {
            for (int i = 0; i < 30; i++) {
                int number = i;
                TaskFuture<Integer> future = pool.applyAsync(() -> number * number);
                set.add(future, number);
            }
            int sum = 0;
            while (set.size() > 0) {
                for (WaitSet.Key key : set.await(LONG)) {
                    int number = (Integer) key.attachment();
                    assertEquals(number * number, ((TaskFuture<?>) key.source()).get());
                    sum += number;
                    key.cancel();
                }
            }
            assertEquals(29 * 30 / 2, sum);
        }
    }

    @Test
    void aSocketAndAnEventOfOneChildAreWaitedForTogether() throws Exception {
        try (Company company = new Company();
                WaitSet set = WaitSet.create();
                SharedEvent sent = SharedEvent.create();
                SharedEvent goOn = SharedEvent.create();
                ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            server.configureBlocking(false);
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            company.start("sender", () -> send(port, sent, goOn));
            WaitSet.Key accepting = set.add(server, SelectionKey.OP_ACCEPT, null);
            assertEquals(List.of(accepting), set.await(LONG));
            accepting.cancel();
            try (SocketChannel accepted = server.accept()) {
                accepted.configureBlocking(false);
                WaitSet.Key reading = set.add(accepted, SelectionKey.OP_READ, null);
                WaitSet.Key event = set.add(sent);
                assertEquals(List.of(), set.await(Duration.ofMillis(20)));
                goOn.set();
                assertEquals(List.of(reading, event), set.awaitAll(LONG));
                assertEquals(1, accepted.read(ByteBuffer.allocate(1)));
            }
        }
    }

    private static void send(int port, SharedEvent sent, SharedEvent goOn) throws IOException, InterruptedException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            goOn.await();
            socket.getOutputStream().write(7);
            sent.set();
            Processes.waitForEver();
        }
    }

    @Test
    void namedObjectsOfAPlaceRingToo(@TempDir Path temp) throws Exception {
        Path directory = temp.resolve("place");
        String path = directory.toString();
        try (Company company = new Company();
                Manager manager = Manager.open(directory);
                SharedEvent own = SharedEvent.create()) {
            SharedSignal question = manager.getSignal("question");
            SharedSignal answer = manager.getSignal("answer");
            company.start("answers", () -> {
                Manager there = Manager.open(Path.of(path));
                SharedSignal heard = there.getSignal("question");
                SharedSignal said = there.getSignal("answer");
                try (WaitSet set = WaitSet.create()) {
                    set.add(heard);
                    while (set.await().size() == 1) {
                        assertTrue(heard.tryAwait());
                        said.post();
                    }
                }
            });
            try (WaitSet there = WaitSet.create();
                    WaitSet here = WaitSet.create()) {
                there.add(answer);
                there.add(own);
                here.add(own);
                here.add(answer);
                for (int i = 0; i < 300; i++) {
                    question.post();
                    WaitSet set = i % 2 == 0 ? there : here;
                    assertEquals(answer, set.await(LONG).get(0).source(), company::said);
                    assertTrue(answer.tryAwait());
                }
            }
        }
    }
}
