package io.muster.ipc.channel;

import java.net.SocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** The contract over a connection that was opened and accepted. */
abstract class ServedConnectionContract extends ConnectionContract {
    private ConnectionServer server;

    abstract SocketAddress freshAddress() throws Exception;

    abstract ConnectionOptions options();

    @Override
    public Ends open() throws Exception {
        if (server == null) {
            server = ConnectionServer.listen(freshAddress(), options());
        }
        Connection left = Connection.open(server.address(), options(), Duration.ofSeconds(30));
        return new Ends(left, server.accept(Duration.ofSeconds(30)));
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    public boolean isDuplex() {
        return true;
    }

    @Override
    public int[] limits() {
        return new int[] {8 * 1024, FrameLayout.MAX_PAYLOAD_BYTES, 2 * FrameLayout.MAX_PAYLOAD_BYTES};
    }
}
