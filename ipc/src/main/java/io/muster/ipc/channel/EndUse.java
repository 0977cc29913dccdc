package io.muster.ipc.channel;

import java.lang.ref.Cleaner;

/** That a handle of this process uses an end: what is left of the handle when it is closed, or lost. Thread-safe. */
final class EndUse implements Runnable {
    static final Cleaner CLEANER = Cleaner.create();

    private final PipeCore in;
    private final PipeCore out;
    private volatile boolean closed;

    EndUse(PipeCore in, PipeCore out) {
        this.in = in;
        this.out = out;
        if (in != null) {
            in.readers().open();
        }
        boolean done = false;
        try {
            if (out != null) {
                out.writers().open();
            }
            done = true;
        } finally {
            if (!done && in != null) {
                in.readers().close();
            }
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** The handle is being encoded. */
    PipeEnd.Form travel() {
        if (closed) {
            throw (in != null ? in : out).closed();
        }
        PipeEnd.Form form = new PipeEnd.Form(in == null ? null : in.ref(), out == null ? null : out.ref());
        if (in != null) {
            in.readers().travel();
        }
        if (out != null) {
            out.writers().travel();
        }
        return form;
    }

    /** Once. */
    @Override
    public void run() {
        closed = true;
        if (in != null) {
            in.wakeAll();
            in.readers().close();
        }
        if (out != null) {
            out.wakeAll();
            out.writers().close();
        }
    }
}
