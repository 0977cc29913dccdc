package io.muster.ipc.channel;

import io.muster.ipc.internal.cell.Lease;
import java.lang.ref.Cleaner;
import java.util.function.BooleanSupplier;

/** That a handle of this process uses an end: what is left of the handle when it is closed, or lost. Thread-safe. */
final class EndUse implements Runnable {
    static final Cleaner CLEANER = Cleaner.create();

    private final PipeCore in;
    private final PipeCore out;
    private final boolean endsAtExit;
    private final BooleanSupplier mayGoOn;
    private volatile boolean closed;

    /**
     * @param in what the end receives from, or null; {@code out} likewise
     * @param endsAtExit whether it counts as closed when the JVM ends by itself
     */
    EndUse(PipeCore in, PipeCore out, boolean endsAtExit) {
        this.in = in;
        this.out = out;
        this.endsAtExit = endsAtExit;
        this.mayGoOn = in == null ? null : () -> in.in.mayGoOn() || closed;
        if (in != null) {
            begin(in.readers());
        }
        boolean done = false;
        try {
            if (out != null) {
                begin(out.writers());
            }
            done = true;
        } finally {
            if (!done && in != null) {
                end(in.readers());
            }
        }
    }

    private void begin(Lease lease) {
        if (endsAtExit) {
            lease.open();
        } else {
            lease.retain();
        }
    }

    private void end(Lease lease) {
        if (endsAtExit) {
            lease.close();
        } else {
            lease.release();
        }
    }

    /** What a receiver waits for. */
    BooleanSupplier mayGoOn() {
        return mayGoOn;
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
            end(in.readers());
        }
        if (out != null) {
            out.wakeAll();
            try {
                out.out.abortClaim(this);
            } finally {
                end(out.writers());
            }
        }
    }
}
