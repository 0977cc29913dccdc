package io.muster.ipc.channel;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** A future that cannot tell when it is done: a thread waits for it. */
final class FutureMember extends SetMember {
    private final Future<?> future;
    private Thread thread;

    FutureMember(SetMembers set, Future<?> future, Object attachment) {
        super(set, future, attachment);
        this.future = future;
    }

    @Override
    void arm() {
        if (!future.isDone()) {
            thread = new Thread(this::run, "muster-waitset-future");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        try {
            future.get();
        } catch (InterruptedException e) {
            return;
        } catch (ExecutionException | CancellationException e) {
            // Done, and that is all that is asked here.
        }
        ring();
    }

    @Override
    void disarm() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    boolean look() {
        return future.isDone();
    }
}
