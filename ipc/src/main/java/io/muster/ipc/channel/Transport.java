package io.muster.ipc.channel;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.file.NoSuchFileException;

/** What the two kinds of addresses differ in. */
final class Transport {
    private Transport() {}

    /** @throws IllegalArgumentException if no connection goes over such an address */
    static boolean isTcp(SocketAddress address) {
        if (address instanceof InetSocketAddress) {
            return true;
        }
        if (address instanceof UnixDomainSocketAddress) {
            return false;
        }
        throw new IllegalArgumentException(
                address + ": want a UnixDomainSocketAddress or an InetSocketAddress, not a " + address.getClass());
    }

    static ProtocolFamily family(SocketAddress address) throws UnknownHostException {
        if (!isTcp(address)) {
            return StandardProtocolFamily.UNIX;
        }
        InetSocketAddress internet = (InetSocketAddress) address;
        if (internet.isUnresolved()) {
            throw new UnknownHostException(internet.getHostString() + " has no address");
        }
        return internet.getAddress() instanceof java.net.Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
    }

    /** Without a key, only the kernel keeps others away: it does so in a directory that they cannot enter. */
    static void checkKey(SocketAddress address, ConnectionOptions options) throws IOException {
        if (options.authKey().isPresent()) {
            return;
        }
        if (isTcp(address)) {
            throw new IllegalArgumentException(address
                    + " needs an auth key: whoever reaches a TCP port could have objects decoded in this process");
        }
        try {
            if (!SocketFile.isPrivate((UnixDomainSocketAddress) address)) {
                throw new IllegalArgumentException(
                        address + " needs an auth key, as other users can get at it; or put it"
                                + " into a directory of this user that is closed to others (chmod 700)");
            }
        } catch (NoSuchFileException e) {
            throw new NoSuchFileException(address + ": there is no directory " + e.getFile());
        }
    }

    /** Small messages go at once, and a peer whose machine is gone is found out some day. */
    static void tune(SocketChannel channel, boolean tcp) throws IOException {
        if (tcp) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        }
    }

    static String name(SocketAddress address) {
        if (address instanceof InetSocketAddress internet && !internet.isUnresolved()) {
            return internet.getAddress().getHostAddress() + ":" + internet.getPort();
        }
        return address.toString();
    }
}
