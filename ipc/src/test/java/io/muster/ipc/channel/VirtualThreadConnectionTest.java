package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.muster.ipc.wait.Eventually;
import java.io.EOFException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** Virtual threads wait at sockets, far more of them than there are carriers, and the JVM goes on. */
@Timeout(120)
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads came with 21")
class VirtualThreadConnectionTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    /** By reflection, as this is compiled for 17. */
    private static void startVirtual(Call.Action action) {
        Runnable body = () -> {
            try {
                action.run();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        };
        try {
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, body);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertOthersRun() {
        AtomicInteger ran = new AtomicInteger();
        startVirtual(ran::incrementAndGet);
        Eventually.until("another virtual thread runs", () -> ran.get() == 1);
    }

    @Test
    void eachAtItsOwnConnection() throws Exception {
        int many = 500;
        AtomicInteger came = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
        List<Connection> all = new ArrayList<>();
        List<Connection> clients = new ArrayList<>();
        try (ConnectionServer server = ConnectionServer.listen(address, new byte[0])) {
            for (int i = 0; i < many; i++) {
                clients.add(Connection.open(address, new byte[0], LONG));
                Connection accepted = server.accept(LONG);
                all.add(accepted);
                startVirtual(() -> {
                    came.incrementAndGet();
                    accepted.send(accepted.recv());
                    done.incrementAndGet();
                });
            }
            Eventually.until("all came", () -> came.get() == many);
            assertOthersRun();
            assertEquals(0, done.get());
            for (int i = 0; i < many; i++) {
                clients.get(i).send(i);
                assertEquals(i, clients.get(i).recv());
            }
        } finally {
            all.forEach(Connection::close);
            clients.forEach(Connection::close);
        }
    }

    @Test
    void tenThousandAtOne() throws Exception {
        int many = 10_000;
        AtomicInteger got = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
        try (ConnectionServer server = ConnectionServer.listen(address, new byte[0])) {
            Connection client = Connection.open(address, new byte[0], LONG);
            Connection accepted = server.accept(LONG);
            for (int i = 0; i < many; i++) {
                startVirtual(() -> {
                    try {
                        accepted.recv();
                        got.incrementAndGet();
                    } catch (EOFException e) {
                        ended.incrementAndGet();
                    }
                });
            }
            assertOthersRun();
            for (int i = 0; i < many / 2; i++) {
                client.send(i);
            }
            Eventually.until("half of them have a message", () -> got.get() == many / 2);
            client.close();
            Eventually.until("the others are at the end", () -> ended.get() == many / 2);
            accepted.close();
        }
    }
}
