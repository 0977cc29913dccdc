package io.muster.child;

import io.muster.ipc.memory.SessionDirectory;
import java.io.IOException;
import java.nio.file.Path;

/**
 * All that a child needs around its target: the exit marker, the guards against a lost parent, its place in the session.
 * Set up on the thread that then listens to the lifeline, while the main thread decodes the target: on two processors
 * that takes a third off the start.
 */
final class Surroundings extends Thread {
    private final Lifeline lifeline;
    private final ChildContext context;
    private final String statusPath;
    private final Thread main = Thread.currentThread();
    private StatusFile status;
    private ExitMarker marker;
    private Throwable failure;

    Surroundings(Lifeline lifeline, ChildContext context, String statusPath) {
        super(null, null, "muster-lifeline", 0, false);
        setDaemon(true);
        this.lifeline = lifeline;
        this.context = context;
        this.statusPath = statusPath;
    }

    @Override
    public void run() {
        ParentProbe probe = new ParentProbe(context.parent().pid());
        ParentLoss loss;
        try {
            loss = setUp(probe);
        } catch (IOException | RuntimeException | Error e) {
            settle(null, null, e);
            return;
        }
        lifeline.listen(context, main, loss);
        if (probe.goneSoon()) {
            loss.happened();
        }
    }

    private ParentLoss setUp(ParentProbe probe) throws IOException {
        StatusFile file = StatusFile.open(statusPath);
        ParentLoss loss = new ParentLoss(context, file, this);
        ExitMarker hook = new ExitMarker(file, this);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It is ending already, by a signal.
        }
        OomScore.raise();
        SessionDirectory.inherit(Path.of(context.sessionDirectory()), context.partyId());
        if (context.survivesParent()) {
            SessionDirectory.current(); // a reservation ends with the parent, so it has to be taken up before
        }
        settle(file, hook, null);
        new Guard(probe, loss).start();
        return loss;
    }

    private synchronized void settle(StatusFile file, ExitMarker hook, Throwable problem) {
        status = file;
        marker = hook;
        failure = problem;
        notifyAll();
    }

    /** Waits until all is set up; the status file. An interrupt meanwhile is for the target and stays. */
    synchronized StatusFile status() throws IOException {
        boolean interrupted = false;
        while (status == null && failure == null) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new IOException("this child could not be set up: " + failure, failure);
        }
        return status;
    }

    /** The exit marker; after {@link #status()}. */
    synchronized ExitMarker marker() {
        return marker;
    }

    /**
     * Stops listening, before the JVM ends: it waits 300 ms for threads that sit in a native call, and for others not.
     * The guard goes on looking.
     */
    void release() {
        if (this != Thread.currentThread()) {
            interrupt();
        }
    }
}
