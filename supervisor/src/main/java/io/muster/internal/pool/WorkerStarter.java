package io.muster.internal.pool;

import io.muster.child.task.PoolFiles;
import io.muster.child.task.WorkerEntry;
import io.muster.internal.launch.ChildHandle;
import io.muster.internal.launch.Family;
import io.muster.internal.launch.LaunchSpec;
import io.muster.internal.launch.LaunchTarget;
import io.muster.internal.launch.Launcher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a worker's JVM. Waiting for it to be ready takes a thread of its own, so that all workers start side by side. */
final class WorkerStarter implements AutoCloseable {
    private final PoolConfig config;
    private final PoolFiles files;
    private final Family family;

    WorkerStarter(PoolConfig config, PoolFiles files) {
        this.config = config;
        this.files = files;
        this.family = new Family(config.workers());
    }

    /** What becomes of a start; called on other threads. */
    interface Progress {
        /** The process is there. */
        void launched(ChildHandle handle);

        /** It takes tasks; comes after {@link #launched}. */
        void ready();

        /** It could not be started, or has ended before it was ready; comes in place of {@link #ready}. */
        void failed(Throwable reason);
    }

    /** No worker will be started any more. */
    @Override
    public void close() {
        family.close();
    }

    /** Returns at once. */
    void start(int worker, int epoch, String name, Progress progress) {
        var thread = new Thread(() -> run(worker, epoch, name, progress), "muster-" + name + "-start");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(int worker, int epoch, String name, Progress progress) {
        try {
            ChildHandle handle = Launcher.launch(spec(name), target(worker, epoch));
            progress.launched(handle);
            handle.awaitReady();
        } catch (Throwable thrown) {
            progress.failed(thrown);
            return;
        }
        progress.ready();
    }

    private LaunchTarget target(int worker, int epoch) {
        return LaunchTarget.entry(
                WorkerEntry.class, WorkerEntry.argument(files.base(), worker, epoch), config.classLoader());
    }

    private LaunchSpec spec(String name) {
        var builder = LaunchSpec.builder()
                .daemon(true)
                .exemptFromDaemonRule()
                .heapBytes(config.heapBytes())
                .family(family)
                .jvmArgs(jvmArgs())
                .systemProperties(config.systemProperties())
                .environment(config.environment())
                .javaHome(config.javaHome())
                .output(config.output());
        if (config.classPath() != null) {
            builder.classPath(config.classPath().stream().map(Path::of).toList());
        }
        return builder.build(name);
    }

    /** The serial collector handles boxed bulk work several times faster than G1 in a small heap (measured). */
    private List<String> jvmArgs() {
        if (config.jvmArgs().stream().anyMatch(arg -> arg.matches("-XX:\\+Use\\w+GC"))) {
            return config.jvmArgs();
        }
        var args = new ArrayList<String>();
        args.add("-XX:+UseSerialGC");
        args.addAll(config.jvmArgs());
        return args;
    }
}
