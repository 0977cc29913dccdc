package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.TestJvm;
import io.muster.ipc.wait.Eventually;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two programs on one TCP port, of which one is killed. Each answers with its pid. */
@Timeout(120)
class SharedPortTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    /** That all of so many come to one of two servers happens once in 2^40 times. */
    private static final int CLIENTS = 40;

    @TempDir
    Path directory;

    private TestJvm first;
    private TestJvm second;
    private SocketAddress address;
    private final List<Client> clients = new ArrayList<>();

    private record Client(Connection connection, long server) {}

    @BeforeEach
    void start() {
        first = TestJvm.start(directory, ConnectionMain.class);
        second = TestJvm.start(directory, ConnectionMain.class);
        String port = first.ask("share 0");
        address = ConnectionMain.address(port);
        assertEquals(port, second.ask("share " + port));
        first.send("echoAll");
        second.send("echoAll");
    }

    @AfterEach
    void stop() {
        clients.forEach(client -> client.connection.close());
        first.close();
        second.close();
    }

    private Client connect() throws Exception {
        Connection connection = Connection.open(address, ConnectionMain.KEY, LONG);
        connection.send("who?");
        Client client = new Client(connection, (Long) connection.recv(LONG));
        clients.add(client);
        return client;
    }

    private Set<Long> servers(List<Client> of) {
        return of.stream().map(Client::server).collect(Collectors.toSet());
    }

    @Test
    void bothAreGivenClientsAndTheSurvivorGoesOn() throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            connect();
        }
        assertEquals(Set.of(first.pid(), second.pid()), servers(clients));
        List<Client> before = List.copyOf(clients);
        first.killAndAwaitEnd();
        for (Client client : before) {
            if (client.server == first.pid()) {
                assertThrows(EOFException.class, client.connection::recv);
            } else {
                client.connection.send("still there?");
                assertEquals(second.pid(), client.connection.recv(LONG));
            }
        }
        for (int i = 0; i < CLIENTS; i++) {
            assertEquals(second.pid(), connect().server, "all new ones");
        }
    }

    /** As the kernel has taken them for a process that did not come to them. */
    @Test
    void clientsThatWaitForOneThatIsKilledAreToldAndCanTryAgain() throws Exception {
        first.stop();
        List<Call<Connection>> opening = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            opening.add(Call.of(() -> Connection.open(address, ConnectionMain.KEY, LONG)));
        }
        Eventually.until(
                "those of the other are in",
                () -> opening.stream().filter(Call::isDone).count() >= 1);
        assertThrows(TimeoutException.class, this::connectOnlyToTheStopped);
        first.killAndAwaitEnd();
        int told = 0;
        for (Call<Connection> each : opening) {
            try {
                each.result().close();
            } catch (AssertionError e) {
                assertTrue(e.getCause() instanceof IOException, () -> "not told: " + e.getCause());
                told++;
            }
        }
        assertTrue(told > 0 && told < CLIENTS, told + " of " + CLIENTS + " were told");
        assertEquals(second.pid(), connect().server);
    }

    private void connectOnlyToTheStopped() throws Exception {
        while (true) {
            clients.add(new Client(Connection.open(address, ConnectionMain.KEY, Duration.ofMillis(300)), 0));
        }
    }
}
