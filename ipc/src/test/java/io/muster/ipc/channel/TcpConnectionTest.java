package io.muster.ipc.channel;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;

/** Over the loopback interface, with a key. */
class TcpConnectionTest extends ServedConnectionContract {
    @Override
    SocketAddress freshAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** The kernel tries again and again, and moves what it holds together. */
    @Override
    public Duration settling() {
        return Duration.ofMillis(500);
    }

    @Override
    ConnectionOptions options() {
        return ConnectionOptions.defaults().authKey("secret".getBytes());
    }
}
