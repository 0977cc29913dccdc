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

/**
 * The channels of a set. Two selectors know each: by one the thread that waits looks, and never sleeps in it; in the other a
 * thread of the set's own sleeps, and rings when something comes. It then has no interest in that channel until the set has
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

    /** One channel. */
    final class Watched {
        private final int ops;
        private final SetMember member;
        private SelectionKey look;
        private SelectionKey sleep;
        private volatile int ready;

        private Watched(int ops, SetMember member) {
            this.ops = ops;
            this.member = member;
        }

        /** What it was ready for at the last look; a closed channel is ready for everything. */
        int readyOps() {
            return look.isValid() ? ready : ops;
        }

        /** Rings at the next chance. */
        void again() {
            try {
                if (sleep.interestOps() != ops) {
                    sleep.interestOps(ops);
                    sleeping.wakeup();
                }
            } catch (CancelledKeyException e) {
                member.ring();
            }
        }

        void cancel() {
            look.cancel();
            sleep.cancel();
            sleeping.wakeup();
            ChannelWatch.this.look();
        }
    }

    Watched watch(SelectableChannel channel, int ops, SetMember member) {
        Watched watched = new Watched(ops, member);
        forgetFormer(channel);
        try {
            watched.look = channel.register(looking, ops, watched);
            watched.sleep = channel.register(sleeping, ops, watched);
        } catch (ClosedChannelException e) {
            throw new ClosedObjectException(channel + " is closed");
        }
        sleeping.wakeup();
        return watched;
    }

    /** A channel that has just left is known to the selectors until they have been asked again. */
    private void forgetFormer(SelectableChannel channel) {
        SelectionKey known = channel.keyFor(looking);
        if (known != null && known.isValid()) {
            throw new IllegalArgumentException(
                    channel + " is a member already; add it once, with all operations that it is waited for");
        }
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
                ((Watched) key.attachment()).ready = 0;
            }
            looking.selectedKeys().clear();
            looking.selectNow();
            for (SelectionKey key : looking.selectedKeys()) {
                ((Watched) key.attachment()).ready = key.isValid() ? key.readyOps() : 0;
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
            key.interestOps(0);
        } catch (CancelledKeyException e) {
            // It is rung all the same: closed counts as ready.
        }
        ((Watched) key.attachment()).member.ring();
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
