package io.muster.internal.pool;

import io.muster.child.task.PoolFiles;
import io.muster.child.task.WorkerEntry;
import io.muster.internal.launch.ChildHandle;
import io.muster.internal.launch.LaunchSpec;
import io.muster.internal.launch.LaunchTarget;
import io.muster.internal.launch.Launcher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Starts a worker's JVM. Waiting for it to be ready takes a thread of its own, so that all workers start side by side. */
final class WorkerStarter {
    private final PoolConfig config;
    private final PoolFiles files;

    WorkerStarter(PoolConfig config, PoolFiles files) {
        this.config = config;
        this.files = files;
    }

    /** Returns at once; later calls exactly one of the two, on another thread. */
    void start(int worker, int epoch, String name, Consumer<ChildHandle> started, Consumer<Throwable> failed) {
        var thread = new Thread(
                () -> {
                    ChildHandle handle;
                    try {
                        handle = Launcher.start(spec(name), target(worker, epoch));
                    } catch (Throwable thrown) {
                        failed.accept(thrown);
                        return;
                    }
                    started.accept(handle);
                },
                "muster-" + name + "-start");
        thread.setDaemon(true);
        thread.start();
    }

    private LaunchTarget target(int worker, int epoch) {
        return LaunchTarget.entry(
                WorkerEntry.class, WorkerEntry.argument(files.base(), worker, epoch), config.classLoader());
    }

    private LaunchSpec spec(String name) {
        var builder = LaunchSpec.named(name)
                .daemon(true)
                .exemptFromDaemonRule()
                .heapBytes(config.heapBytes())
                .siblings(config.workers())
                .jvmArgs(jvmArgs())
                .systemProperties(config.systemProperties())
                .environment(config.environment())
                .output(config.output());
        if (config.classPath() != null) {
            builder.classPath(config.classPath().stream().map(Path::of).toList());
        }
        return builder.build();
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
