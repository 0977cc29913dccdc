package io.muster.internal.pool;

import io.muster.ChildOutput;
import io.muster.ProcessPool;
import io.muster.child.task.SlotWord;
import io.muster.internal.inherit.ProgramLoader;
import io.muster.internal.launch.HeapSize;
import io.muster.internal.launch.JournalArguments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** Collects a pool's settings and chooses between processes and the inline twin. */
public final class PoolBuilder implements ProcessPool.Builder {
    private static final AtomicInteger POOLS = new AtomicInteger();

    private int workers = Runtime.getRuntime().availableProcessors();
    private String name;
    private long heapBytes;
    private final List<String> jvmArgs = new ArrayList<>();
    private final Map<String, String> systemProperties = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private List<String> classPath;
    private Path javaHome;
    private boolean journal;
    private ChildOutput output = ChildOutput.inherit();

    @Override
    public ProcessPool.Builder workers(int count) {
        if (count < 1 || count > SlotWord.MAX_WORKERS) {
            throw new IllegalArgumentException("workers " + count + " not in 1.." + SlotWord.MAX_WORKERS);
        }
        workers = count;
        return this;
    }

    @Override
    public ProcessPool.Builder name(String name) {
        this.name = Objects.requireNonNull(name, "name");
        return this;
    }

    @Override
    public ProcessPool.Builder heap(String size) {
        heapBytes = HeapSize.parse(Objects.requireNonNull(size, "size"));
        return this;
    }

    @Override
    public ProcessPool.Builder jvmArgs(String... args) {
        jvmArgs.addAll(List.of(args));
        return this;
    }

    @Override
    public ProcessPool.Builder journal(boolean uses) {
        journal = uses;
        return this;
    }

    @Override
    public ProcessPool.Builder systemProperty(String key, String value) {
        systemProperties.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
        return this;
    }

    @Override
    public ProcessPool.Builder environment(String key, String value) {
        environment.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
        return this;
    }

    @Override
    public ProcessPool.Builder classPath(List<String> entries) {
        classPath = List.copyOf(entries);
        return this;
    }

    @Override
    public ProcessPool.Builder javaHome(Path home) {
        javaHome = Objects.requireNonNull(home, "home");
        return this;
    }

    @Override
    public ProcessPool.Builder output(ChildOutput output) {
        this.output = Objects.requireNonNull(output, "output");
        return this;
    }

    @Override
    public ProcessPool start() {
        List<String> flags = new ArrayList<>(journal ? JournalArguments.of(javaHome) : List.of());
        flags.addAll(jvmArgs);
        var config = new PoolConfig(
                name != null ? name : "pool-" + POOLS.incrementAndGet(),
                workers,
                heapBytes,
                List.copyOf(flags),
                Map.copyOf(systemProperties),
                Map.copyOf(environment),
                classPath,
                javaHome,
                output,
                ProgramLoader.ofCaller());
        return Boolean.getBoolean("muster.inline") ? new InlinePool(config) : SharedPool.start(config);
    }
}
