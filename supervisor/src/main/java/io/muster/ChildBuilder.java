package io.muster;

import io.muster.internal.launch.DebugRequest;
import io.muster.internal.launch.HeapSize;
import io.muster.internal.launch.JournalArguments;
import io.muster.internal.launch.LaunchSpec;
import io.muster.internal.launch.LaunchTarget;
import io.muster.internal.launch.Launcher;
import io.muster.remote.RemoteRunnable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Describes a child and starts it. One builder can start several children. For one thread.
 *
 * <p>All that is not said is as in this JVM: JDK, flags, system properties, environment, working directory and classes.
 */
public final class ChildBuilder {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int MAX_PORT = 65_535;

    private final String name;
    private final List<String> jvmArgs = new ArrayList<>();
    private final Map<String, String> systemProperties = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Path javaHome;
    private boolean journal;
    private final LaunchSpec.Builder spec = LaunchSpec.builder();

    ChildBuilder(String name) {
        this.name = name;
    }

    /** Whether the child ends with its parent, is not waited for, and may not have children; false unless said. */
    public ChildBuilder daemon(boolean daemon) {
        spec.daemon(daemon);
        return this;
    }

    /**
     * Whether the child goes on when its parent has ended; false unless said. Such a child learns of it through
     * {@link ChildProcess#parent()}.
     */
    public ChildBuilder survivesParent(boolean survives) {
        spec.survivesParent(survives);
        return this;
    }

    /**
     * Maximum heap, as after {@code -Xmx}: a number with k, m or g behind it, or bytes.
     *
     * @throws IllegalArgumentException if it is not such a number, or below 2m
     */
    public ChildBuilder heap(String size) {
        spec.heapBytes(HeapSize.parse(Objects.requireNonNull(size, "size")));
        return this;
    }

    /** A garbage collector by the name of its flag, for example {@code "SerialGC"}, {@code "ZGC"}. */
    public ChildBuilder gc(String collector) {
        jvmArgs.add("-XX:+Use" + Objects.requireNonNull(collector, "collector"));
        return this;
    }

    /** Further flags of the child's JVM, behind all others. */
    public ChildBuilder jvmArgs(String... flags) {
        for (String flag : Objects.requireNonNull(flags, "flags")) {
            jvmArgs.add(Objects.requireNonNull(flag, "flag"));
        }
        return this;
    }

    /**
     * Whether the child's JVM gets the flags that {@link io.muster.ipc.journal.Topic} and
     * {@link io.muster.ipc.journal.WorkQueue} need; false unless said, as they make its start slower. If this JVM has them,
     * the child inherits them anyway.
     */
    public ChildBuilder journal(boolean uses) {
        journal = uses;
        return this;
    }

    /** A Java agent: the path of its jar, and its options, empty for none. The child's own children inherit it. */
    public ChildBuilder agent(Path jar, String options) {
        Objects.requireNonNull(jar, "jar");
        Objects.requireNonNull(options, "options");
        jvmArgs.add("-javaagent:" + jar.toAbsolutePath() + (options.isEmpty() ? "" : "=" + options));
        return this;
    }

    /** A system property of the child. */
    public ChildBuilder systemProperty(String key, String value) {
        systemProperties.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
        return this;
    }

    /** A variable of the child's environment. */
    public ChildBuilder environment(String variable, String value) {
        environment.put(Objects.requireNonNull(variable, "variable"), Objects.requireNonNull(value, "value"));
        return this;
    }

    /** Takes a variable out of the child's environment. */
    public ChildBuilder withoutEnvironment(String variable) {
        environment.put(Objects.requireNonNull(variable, "variable"), null);
        return this;
    }

    /** The child's working directory. */
    public ChildBuilder directory(Path directory) {
        spec.directory(Objects.requireNonNull(directory, "directory"));
        return this;
    }

    /** The child's class path, instead of what is found; has to hold this library too. */
    public ChildBuilder classPath(List<Path> elements) {
        spec.classPath(List.copyOf(elements));
        return this;
    }

    /** Home of another JDK for the child; 17 or later. */
    public ChildBuilder javaHome(Path home) {
        javaHome = Objects.requireNonNull(home, "home");
        spec.javaHome(home);
        return this;
    }

    /** Where the child's output goes; {@link ChildOutput#inherit()} unless said. */
    public ChildBuilder output(ChildOutput output) {
        spec.output(Objects.requireNonNull(output, "output"));
        return this;
    }

    /** Takes the child's output line by line: {@code output(ChildOutput.lines(handler))}. */
    public ChildBuilder onLine(LineHandler handler) {
        return output(ChildOutput.lines(handler));
    }

    /**
     * Opens a debugger port in the child, on the loopback interface. {@link #startDeadline} does not count then, and nothing
     * else of this library takes a child that stands at a breakpoint for a dead one.
     *
     * <p>While all its threads stand, a child does not see its parent's end: it follows as soon as the debugger lets it go on.
     *
     * @param port 0 for any; the JVM prints the one it took on the child's stdout
     * @param suspend whether the child waits for the debugger before anything runs; {@link #start} then waits as well
     */
    public ChildBuilder debugger(int port, boolean suspend) {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port " + port + " is not in 0.." + MAX_PORT);
        }
        spec.debug(new DebugRequest(port, suspend));
        return this;
    }

    /**
     * Whether the child's JVM ends itself at its first {@code OutOfMemoryError}, also one that the code would catch; true
     * unless said, as a program that goes on after one is in an unknown state.
     */
    public ChildBuilder exitOnOutOfMemory(boolean exit) {
        spec.exitOnOutOfMemory(exit);
        return this;
    }

    /** How long the child may take to be ready; a minute unless said, and as long as it takes with a debugger. */
    public ChildBuilder startDeadline(Duration deadline) {
        if (Objects.requireNonNull(deadline, "deadline").isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("startDeadline " + deadline + " is not positive");
        }
        spec.startDeadline(deadline);
        return this;
    }

    /**
     * Starts a child that runs {@code target}, and waits until it is about to.
     *
     * @throws ChildStartException if it could not be started; nothing is left running then
     * @throws IllegalStateException if this JVM is a daemon child
     */
    public ChildProcess start(RemoteRunnable target) {
        return launch(LaunchTarget.lambda(Objects.requireNonNull(target, "target")));
    }

    /** The same for {@code main(String[])} of a class that this JVM can see. */
    public ChildProcess startMain(Class<?> mainClass, String... arguments) {
        return launch(LaunchTarget.main(
                mainClass.getName(),
                List.of(arguments),
                Objects.requireNonNull(mainClass, "mainClass").getClassLoader()));
    }

    /** The same for a class that perhaps only the child can see. */
    public ChildProcess startMain(String mainClass, String... arguments) {
        Objects.requireNonNull(mainClass, "mainClass");
        return launch(LaunchTarget.main(
                mainClass, List.of(arguments), Thread.currentThread().getContextClassLoader()));
    }

    private ChildProcess launch(LaunchTarget target) {
        List<String> flags = new ArrayList<>(journal ? JournalArguments.of(javaHome) : List.of());
        flags.addAll(jvmArgs);
        spec.jvmArgs(flags).systemProperties(systemProperties).environment(environment);
        String itsName = name != null ? name : "child-" + COUNT.incrementAndGet();
        return ChildProcess.of(Launcher.start(spec.build(itsName), target));
    }
}
