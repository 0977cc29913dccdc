package io.muster.shared.sync;

import static io.muster.testing.Eventually.eventually;

import io.muster.ChildProcess;
import io.muster.ipc.sync.SharedSignal;
import io.muster.remote.RemoteRunnable;
import io.muster.testing.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Children of one test, all gone when it ends. */
public final class Meeting implements AutoCloseable {
    public static final Duration LONG = Duration.ofSeconds(30);

    private final List<ChildProcess> children = new ArrayList<>();

    public ChildProcess start(String name, RemoteRunnable body) {
        ChildProcess child = ChildProcess.named(name).daemon(true).heap("48m").start(body);
        children.add(child);
        return child;
    }

    /** One that may have children of its own. */
    public ChildProcess startParent(String name, RemoteRunnable body) {
        ChildProcess child = ChildProcess.named(name).heap("48m").start(body);
        children.add(child);
        return child;
    }

    /** Starts a child and returns when it has posted, as it does at the point that the test is about. */
    public ChildProcess startUntil(SharedSignal posted, String name, RemoteRunnable body) throws InterruptedException {
        ChildProcess child = start(name, body);
        if (!posted.await(LONG)) {
            throw new AssertionError(child + " did not come to the point");
        }
        return child;
    }

    public static void kill(ChildProcess child) {
        Processes.signal(child.pid(), "KILL");
    }

    public static void stop(ChildProcess child) {
        Processes.signal(child.pid(), "STOP");
        eventually(() -> Processes.isStopped(child.pid()), () -> child + " was not stopped");
    }

    public static void goOn(ChildProcess child) {
        Processes.signal(child.pid(), "CONT");
    }

    @Override
    public void close() {
        children.forEach(ChildProcess::kill);
        for (ChildProcess child : children) {
            eventually(() -> !child.isAlive(), () -> child + " was not killed");
        }
    }
}
