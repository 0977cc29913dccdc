package io.muster.ipc.channel;

import io.muster.ipc.codec.ObjectCodec;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Over two sockets that are connected, without a handshake. */
class SocketPairTest extends ConnectionContract {
    @TempDir
    Path directory;

    @Override
    public Ends open() throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s" + System.nanoTime()));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            SocketChannel left = SocketChannel.open(address);
            return new Ends(end(left, "right"), end(server.accept(), "left"));
        }
    }

    private static Connection end(SocketChannel channel, String peer) throws Exception {
        return new SocketConnection(channel, peer, false, ObjectCodec.standard(), 1 << 30, 1 << 30);
    }

    @Override
    public boolean isDuplex() {
        return true;
    }

    @Override
    public int[] limits() {
        return new int[] {8 * 1024, FrameLayout.MAX_PAYLOAD_BYTES, 2 * FrameLayout.MAX_PAYLOAD_BYTES, 1 << 20};
    }
}
