package io.muster.ipc.channel;

import io.muster.ipc.channel.QueueTakes.Claim;
import io.muster.ipc.wait.Deadline;
import java.time.Duration;

/** A handle to a joinable queue. */
final class JoinableHandle<E> extends QueueHandle<E> implements JoinableQueue<E> {
    private static final long serialVersionUID = 1L;

    JoinableHandle(QueueCore core, boolean maker) {
        super(core, maker);
    }

    @Override
    Claim claim() {
        return Claim.KEEP;
    }

    @Override
    public void taskDone() {
        core().takes.taskDone();
    }

    @Override
    public int unfinished() {
        return core().unfinished();
    }

    @Override
    public void join() throws InterruptedException {
        core().join(Deadline.never());
    }

    @Override
    public boolean join(Duration timeout) throws InterruptedException {
        return core().join(deadline(timeout));
    }
}
