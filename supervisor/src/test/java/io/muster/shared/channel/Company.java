package io.muster.shared.channel;

import static io.muster.testing.Eventually.eventually;

import io.muster.ChildBuilder;
import io.muster.ChildProcess;
import io.muster.remote.RemoteRunnable;
import io.muster.testing.Lines;
import io.muster.testing.Processes;
import java.util.ArrayList;
import java.util.List;

/** Children of one test of wait sets, all gone when it ends. */
final class Company implements AutoCloseable {
    private final List<ChildProcess> children = new ArrayList<>();
    private final Lines lines = new Lines();

    ChildProcess start(String name, RemoteRunnable body) {
        return start(ChildProcess.named(name), body);
    }

    /** One that has no native layer: it sleeps by polling. */
    ChildProcess startPortable(String name, RemoteRunnable body) {
        return start(ChildProcess.named(name).systemProperty("muster.wait.portable", "true"), body);
    }

    private ChildProcess start(ChildBuilder builder, RemoteRunnable body) {
        ChildProcess child = builder.heap("48m").onLine(lines).start(body);
        children.add(child);
        return child;
    }

    static void kill(ChildProcess child) {
        Processes.signal(child.pid(), "KILL");
    }

    String said() {
        return lines.all().toString();
    }

    @Override
    public void close() {
        children.forEach(ChildProcess::kill);
        for (ChildProcess child : children) {
            eventually(() -> !child.isAlive(), () -> child + " was not killed");
            child.close();
        }
    }
}
