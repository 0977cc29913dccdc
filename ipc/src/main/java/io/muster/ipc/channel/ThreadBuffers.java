package io.muster.ipc.channel;

import io.muster.ipc.codec.CodecInput;
import io.muster.ipc.codec.CodecOutput;

/**
 * What a thread encodes into and decodes from, kept for its next message. Code of the user runs meanwhile and may send or
 * receive something itself: then it gets another one.
 */
final class ThreadBuffers {
    /** Larger ones are not kept. */
    private static final int KEEP_BYTES = 1 << 20;

    private static final ThreadLocal<ThreadBuffers> OF_THREAD = ThreadLocal.withInitial(ThreadBuffers::new);

    private CodecOutput out = new CodecOutput();
    private CodecInput in = new CodecInput();
    private boolean busy;

    private ThreadBuffers() {}

    static ThreadBuffers take() {
        ThreadBuffers own = OF_THREAD.get();
        ThreadBuffers free = own.busy ? new ThreadBuffers() : own;
        free.busy = true;
        return free;
    }

    CodecOutput out() {
        out.reset();
        return out;
    }

    CodecInput in() {
        return in;
    }

    /** @param bytes of the message that it was used for */
    void giveBack(int bytes) {
        if (bytes > KEEP_BYTES) {
            out = new CodecOutput();
            in = new CodecInput();
        }
        busy = false;
    }
}
