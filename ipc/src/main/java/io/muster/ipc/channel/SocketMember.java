package io.muster.ipc.channel;

import java.nio.channels.SelectionKey;

/** A connection over a socket: the socket tells when it is worth asking the connection. */
final class SocketMember extends SetMember {
    private final SocketConnection connection;
    private ChannelWatch.Watched watched;

    SocketMember(SetMembers set, SocketConnection connection, Object attachment) {
        super(set, connection, attachment);
        this.connection = connection;
    }

    @Override
    void arm() {
        watched = set().channels().watch(connection.selectable(), SelectionKey.OP_READ, this);
    }

    @Override
    void disarm() {
        if (watched != null) {
            watched.cancel();
        }
    }

    /** What was read from the socket already is not seen there. */
    @Override
    boolean look() {
        return connection.isReady();
    }

    @Override
    void rest() {
        watched.again();
    }
}
