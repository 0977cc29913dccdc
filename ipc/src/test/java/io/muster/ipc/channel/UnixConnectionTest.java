package io.muster.ipc.channel;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Without a key, in a directory that is closed to others. */
class UnixConnectionTest extends ServedConnectionContract {
    @TempDir
    Path directory;

    @Override
    SocketAddress freshAddress() {
        return UnixDomainSocketAddress.of(directory.resolve("server"));
    }

    @Override
    ConnectionOptions options() {
        return ConnectionOptions.defaults();
    }
}
