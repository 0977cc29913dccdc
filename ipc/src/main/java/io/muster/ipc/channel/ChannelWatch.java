package io.muster.ipc.channel;

import io.muster.ipc.memory.ClosedObjectException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The channels of a set. Two selectors know each: by one the thread that waits looks, and never sleeps in it; in the other a
 * thread of the set's own sleeps, and rings when something comes. It then has no interest in what came until the set has
 * looked and found nothing. So an interrupt reaches no selector that somebody sleeps in.
 */
final class ChannelWatch {
    private static final long FORGET_NANOS = 10_000_000_000L;

    private final Selector looking;
    private final Selector sleeping;

    ChannelWatch() {
        try {
            looking = Selector.open();
            sleeping = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("no selector can be had to wait for channels with", e);
        }
        Thread thread = new Thread(this::run, "muster-waitset-selector");
        thread.setDaemon(true);
        thread.start();
    }

    /** One channel, and the members that wait for it: a selector has one key for it, however many they are. */
    private static final class Registered {
        private final List<Watched> members = new CopyOnWriteArrayList<>();
        private SelectionKey look;
        private SelectionKey sleep;
        private volatile int ready;
    }

    /** What one member waits for. */
    final class Watched {
        private final Registered channel;
        private final int ops;
        private final SetMember member;

        private Watched(Registered channel, int ops, SetMember member) {
            this.channel = channel;
            this.ops = ops;
            this.member = member;
        }

        /** What it was ready for at the last look; a closed channel is ready for everything. */
        int readyOps() {
            return channel.look.isValid() ? channel.ready & ops : ops;
        }

        /** Rings at the next chance. */
        void again() {
            try {
                if ((channel.sleep.interestOpsOr(ops) & ops) != ops) {
                    sleeping.wakeup();
                }
            } catch (CancelledKeyException e) {
                member.ring();
            }
        }

        void cancel() {
            channel.members.remove(this);
            if (channel.members.isEmpty()) {
                channel.look.cancel();
                channel.sleep.cancel();
                sleeping.wakeup();
                ChannelWatch.this.look();
            }
        }
    }

    /** By one thread at a time, as {@link Watched#cancel}. */
    Watched watch(SelectableChannel channel, int ops, SetMember member) {
        SelectionKey known = channel.keyFor(looking);
        try {
            if (known != null && known.isValid()) {
                return join((Registered) known.attachment(), ops, member);
            }
            forgetFormer(channel);
            Registered made = new Registered();
            Watched watched = new Watched(made, ops, member);
            made.members.add(watched);
            made.look = channel.register(looking, ops, made);
            made.sleep = channel.register(sleeping, ops, made);
            sleeping.wakeup();
            return watched;
        } catch (ClosedChannelException | CancelledKeyException e) {
            throw new ClosedObjectException(channel + " is closed");
        }
    }

    private Watched join(Registered channel, int ops, SetMember member) {
        Watched watched = new Watched(channel, ops, member);
        channel.members.add(watched);
        channel.look.interestOpsOr(ops);
        look();
        watched.again();
        return watched;
    }

    /** A channel that has just left is known to the selectors until they have been asked again. */
    private void forgetFormer(SelectableChannel channel) {
        long start = System.nanoTime();
        while (channel.keyFor(looking) != null || channel.keyFor(sleeping) != null) {
            look();
            sleeping.wakeup();
            Thread.yield();
            if (System.nanoTime() - start > FORGET_NANOS) {
                throw new IllegalStateException(channel + " was a member, and the selector does not let go of it");
            }
        }
    }

    /** Finds out what is ready now; does not wait. */
    synchronized void look() {
        try {
            for (SelectionKey key : looking.selectedKeys()) {
                ((Registered) key.attachment()).ready = 0;
            }
            looking.selectedKeys().clear();
            looking.selectNow();
            for (SelectionKey key : looking.selectedKeys()) {
                ((Registered) key.attachment()).ready = key.isValid() ? key.readyOps() : 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the selector of a WaitSet failed", e);
        }
    }

    private void run() {
        try {
            while (sleeping.isOpen()) {
                sleeping.select(this::rang);
            }
        } catch (IOException | ClosedSelectorException e) {
            // Closed; or broken, and then the slices of whoever waits find what is ready.
        }
    }

    private void rang(SelectionKey key) {
        try {
            key.interestOpsAnd(~key.readyOps());
        } catch (CancelledKeyException e) {
            // It is rung all the same: closed counts as ready.
        }
        for (Watched watched : ((Registered) key.attachment()).members) {
            watched.member.ring();
        }
    }

    synchronized void close() {
        try {
            sleeping.close();
            looking.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the selector of a WaitSet cannot be closed", e);
        }
    }
}
