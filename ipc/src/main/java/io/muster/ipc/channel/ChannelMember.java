package io.muster.ipc.channel;

import java.nio.channels.SelectableChannel;

/** A channel of {@code java.nio}. */
final class ChannelMember extends SetMember {
    private final SelectableChannel channel;
    private final int ops;
    private ChannelWatch.Watched watched;

    ChannelMember(SetMembers set, SelectableChannel channel, int ops, Object attachment) {
        super(set, channel, attachment);
        if (ops == 0 || (ops & ~channel.validOps()) != 0) {
            throw new IllegalArgumentException("ops=" + ops + ": want one or more of " + channel.validOps()
                    + ", which is what this channel supports");
        }
        this.channel = channel;
        this.ops = ops;
    }

    @Override
    void arm() {
        watched = set().channels().watch(channel, ops, this);
    }

    @Override
    void disarm() {
        if (watched != null) {
            watched.cancel();
        }
    }

    @Override
    boolean look() {
        return watched.readyOps() != 0;
    }

    @Override
    void rest() {
        watched.again();
    }

    @Override
    public int readyOps() {
        return watched == null ? 0 : watched.readyOps();
    }
}
