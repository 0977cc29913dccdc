package io.muster.internal.launch;

import io.muster.ChildOutput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Everything that is said about a child before it is started. Immutable; one spec can start many children. */
public final class LaunchSpec {
    private static final Duration START_DEADLINE = Duration.ofSeconds(60);

    private final Builder values;

    private LaunchSpec(Builder values) {
        this.values = values;
    }

    /** A spec with defaults for everything but the name. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** A builder that starts with the values of this spec, under another name. */
    public Builder toBuilder(String name) {
        return values.copy(name);
    }

    /** The child's name. */
    public String name() {
        return values.name;
    }

    /** Ends with its parent, however that ends. */
    public boolean isDaemon() {
        return values.daemon;
    }

    /** May start children of its own: true unless it is a daemon; pool workers may. */
    public boolean mayHaveChildren() {
        return values.exemptFromDaemonRule || !values.daemon;
    }

    /** Is not listed among the active children: one that this library starts for itself. */
    boolean isHidden() {
        return values.hidden;
    }

    /** Goes on when its parent is lost. */
    public boolean survivesParent() {
        return values.survivesParent;
    }

    /** Maximum heap; 0 for the child's share of the memory, see {@link HeapShare}. */
    public long heapBytes() {
        return values.heapBytes;
    }

    /** How many children are meant to run beside each other; 0 if nobody knows. */
    public int siblings() {
        return values.siblings;
    }

    /** Processors that the child's JVM shall see; 0 for all. */
    public int processors() {
        return values.processors;
    }

    /** True if the child's JVM ends itself at its first {@code OutOfMemoryError}. */
    public boolean exitOnOutOfMemory() {
        return values.exitOnOutOfMemory;
    }

    /** Flags of the child's JVM, behind the inherited ones. */
    public List<String> jvmArgs() {
        return values.jvmArgs;
    }

    /** System properties of the child. */
    public Map<String, String> systemProperties() {
        return values.systemProperties;
    }

    /** Edits of the inherited environment; a null value removes. */
    public Map<String, String> environment() {
        return values.environment;
    }

    /** Explicit class path; empty: found from the target's class loader. */
    public List<Path> classPath() {
        return values.classPath;
    }

    /** Working directory; null for the parent's. */
    public Path directory() {
        return values.directory;
    }

    /** Home of the child's JDK; null for the parent's. */
    public Path javaHome() {
        return values.javaHome;
    }

    /** Where its output goes. */
    public ChildOutput output() {
        return values.output;
    }

    /** How long it may take to be ready. */
    public Duration startDeadline() {
        return values.startDeadline;
    }

    /** The debugger asked for, or null. */
    public DebugRequest debug() {
        return values.debug;
    }

    /** Collects the values; each setter's meaning is that of the getter of the same name. */
    public static final class Builder {
        private final String name;
        private boolean daemon;
        private boolean exemptFromDaemonRule;
        private boolean survivesParent;
        private boolean hidden;
        private long heapBytes;
        private int siblings;
        private int processors;
        private boolean exitOnOutOfMemory = true;
        private List<String> jvmArgs = List.of();
        private Map<String, String> systemProperties = Map.of();
        private Map<String, String> environment = Map.of();
        private List<Path> classPath = List.of();
        private Path directory;
        private Path javaHome;
        private ChildOutput output = ChildOutput.inherit();
        private Duration startDeadline = START_DEADLINE;
        private DebugRequest debug;

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        private Builder copy(String newName) {
            Builder copy = new Builder(newName);
            copy.daemon = daemon;
            copy.exemptFromDaemonRule = exemptFromDaemonRule;
            copy.survivesParent = survivesParent;
            copy.hidden = hidden;
            copy.heapBytes = heapBytes;
            copy.siblings = siblings;
            copy.processors = processors;
            copy.exitOnOutOfMemory = exitOnOutOfMemory;
            copy.jvmArgs = new ArrayList<>(jvmArgs);
            copy.systemProperties = new LinkedHashMap<>(systemProperties);
            copy.environment = new LinkedHashMap<>(environment);
            copy.classPath = new ArrayList<>(classPath);
            copy.directory = directory;
            copy.javaHome = javaHome;
            copy.output = output;
            copy.startDeadline = startDeadline;
            copy.debug = debug;
            return copy;
        }

        public Builder daemon(boolean value) {
            daemon = value;
            return this;
        }

        /** May have children although it is a daemon: pool workers. */
        public Builder exemptFromDaemonRule() {
            exemptFromDaemonRule = true;
            return this;
        }

        Builder hidden() {
            hidden = true;
            return this;
        }

        public Builder survivesParent(boolean value) {
            survivesParent = value;
            return this;
        }

        public Builder heapBytes(long value) {
            heapBytes = value;
            return this;
        }

        public Builder siblings(int value) {
            siblings = value;
            return this;
        }

        public Builder processors(int value) {
            processors = value;
            return this;
        }

        public Builder exitOnOutOfMemory(boolean value) {
            exitOnOutOfMemory = value;
            return this;
        }

        public Builder jvmArgs(List<String> value) {
            jvmArgs = value;
            return this;
        }

        public Builder systemProperties(Map<String, String> value) {
            systemProperties = value;
            return this;
        }

        public Builder environment(Map<String, String> value) {
            environment = value;
            return this;
        }

        public Builder classPath(List<Path> value) {
            classPath = value;
            return this;
        }

        public Builder directory(Path value) {
            directory = value;
            return this;
        }

        public Builder javaHome(Path value) {
            javaHome = value;
            return this;
        }

        public Builder output(ChildOutput value) {
            output = value;
            return this;
        }

        public Builder startDeadline(Duration value) {
            startDeadline = value;
            return this;
        }

        public Builder debug(DebugRequest value) {
            debug = value;
            return this;
        }

        /**
         * The spec; this builder can be used further.
         *
         * @throws IllegalArgumentException if two values contradict each other
         */
        public LaunchSpec build() {
            if (daemon && survivesParent) {
                throw new IllegalArgumentException(
                        "child '" + name + "': daemon(true) says that it ends with its parent,"
                                + " survivesParent(true) that it does not");
            }
            return new LaunchSpec(copy(name));
        }
    }
}
