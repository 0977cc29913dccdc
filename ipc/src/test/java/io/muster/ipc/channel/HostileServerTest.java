package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever listens there: {@code open} says what it is, or ends in time. */
@Timeout(120)
class HostileServerTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final byte[] KEY = "the key".getBytes();

    private ServerSocket listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    private interface Answer {
        void to(Socket client) throws Exception;
    }

    private <E extends Throwable> E openAgainst(Class<E> expected, Answer answer) throws Exception {
        Call<Void> server = Call.doing(() -> {
            try (Socket client = listener.accept()) {
                answer.to(client);
            }
        });
        E thrown = assertThrows(expected, () -> Connection.open(address(), KEY, LONG));
        server.result();
        return thrown;
    }

    private SocketAddress address() {
        return listener.getLocalSocketAddress();
    }

    @Test
    void itSpeaksSomethingElse() throws Exception {
        ProtocolException e = openAgainst(ProtocolException.class, client -> {
            client.getOutputStream().write("220 mail ready\r\n".getBytes());
            client.getInputStream().readAllBytes();
        });
        assertTrue(e.getMessage().contains("does not speak Muster's protocol"), e::getMessage);
    }

    @Test
    void itIsOfAnotherVersion() throws Exception {
        ProtocolException e = openAgainst(ProtocolException.class, client -> {
            byte[] hello = HelloLayout.hello(HelloLayout.SERVER, true, 1000, AuthKey.nonce());
            hello[6] = 7;
            client.getOutputStream().write(hello);
            client.getInputStream().readAllBytes();
        });
        assertTrue(e.getMessage().contains("version 7"), e::getMessage);
    }

    @Test
    void itSendsBackWhatTheClientSays() throws Exception {
        openAgainst(ProtocolException.class, client -> {
            client.getInputStream().transferTo(client.getOutputStream());
        });
    }

    @Test
    void itCloses() throws Exception {
        IOException e = openAgainst(IOException.class, client -> {});
        assertTrue(e.getMessage().contains("closed this one before it stood"), e::getMessage);
    }

    @Test
    void itLetsEverybodyInWithoutKnowingTheKey() throws Exception {
        AuthenticationException e = openAgainst(AuthenticationException.class, client -> {
            client.getInputStream().readNBytes(HelloLayout.BYTES);
            client.getOutputStream().write(HelloLayout.hello(HelloLayout.SERVER, true, 1000, AuthKey.nonce()));
            byte[] proof = client.getInputStream().readNBytes(AuthKey.PROOF_BYTES);
            client.getOutputStream().write(Handshake.WELCOME);
            client.getOutputStream().write(proof);
            client.getInputStream().readAllBytes();
        });
        assertTrue(e.getMessage().contains("does not know the auth key itself"), e::getMessage);
    }

    @Test
    void itHasNoKey() throws Exception {
        openAgainst(AuthenticationException.class, client -> {
            client.getOutputStream().write(HelloLayout.hello(HelloLayout.SERVER, false, 1000, AuthKey.nonce()));
            client.getInputStream().readAllBytes();
        });
    }

    @Test
    void itSaysNothing() {
        assertThrows(TimeoutException.class, () -> Connection.open(address(), KEY, Duration.ofMillis(50)));
        assertThrows(TimeoutException.class, () -> Connection.open(address(), KEY, Duration.ZERO));
    }

    @Test
    void itSaysNothingAndTheClientIsInterrupted() {
        Call<Connection> call =
                Call.of(() -> Connection.open(address(), KEY, LONG)).awaitWaiting();
        call.interrupt();
        call.failure(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> Connection.open(address(), KEY, LONG));
    }

    @Test
    void nobodyListens() throws Exception {
        SocketAddress address = address();
        listener.close();
        ConnectException e = assertThrows(ConnectException.class, () -> Connection.open(address, KEY, LONG));
        assertTrue(e.getMessage().contains("refused"), e::getMessage);
        assertThrows(
                UnknownHostException.class,
                () -> Connection.open(InetSocketAddress.createUnresolved("nowhere.invalid", 1), KEY, LONG));
    }

    @Test
    void aPortNeedsAKey() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> Connection.open(address(), ConnectionOptions.defaults(), LONG));
        assertTrue(e.getMessage().contains("needs an auth key"), e::getMessage);
        assertThrows(
                IllegalArgumentException.class,
                () -> ConnectionServer.listen(new InetSocketAddress(0), ConnectionOptions.defaults()));
    }
}
