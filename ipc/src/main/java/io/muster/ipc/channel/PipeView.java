package io.muster.ipc.channel;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/** A message in its place, and the read lock with it; a message in pieces has been received already. */
final class PipeView implements MessageView {
    private final PipeReader reader;
    private final PipeEnd end;
    private final ByteBuffer message;
    private final boolean holdsLock;
    private boolean closed;

    PipeView(PipeReader reader, PipeEnd end) {
        this.reader = reader;
        this.end = end;
        this.holdsLock = reader.gathered() == null;
        if (holdsLock) {
            boolean made = false;
            try {
                this.message = reader.view().slice();
                made = true;
            } finally {
                if (!made) {
                    reader.leave(false);
                }
            }
            reader.setViewer(Thread.currentThread());
        } else {
            this.message = reader.view();
            reader.take();
        }
    }

    @Override
    public ByteBuffer message() {
        if (closed) {
            throw new IllegalStateException("this view was closed; its message may be overwritten");
        }
        return message;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (holdsLock) {
                reader.setViewer(null);
                reader.take();
            }
            Reference.reachabilityFence(end);
        }
    }
}
