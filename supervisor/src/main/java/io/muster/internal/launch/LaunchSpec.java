package io.muster.internal.launch;

import io.muster.ChildOutput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Everything that is said about a child before it is started. Immutable; one spec can start many children.
 *
 * @param name the child's name
 * @param isDaemon ends with its parent, however that ends
 * @param mayHaveChildren may start children of its own: true unless it is a daemon; pool workers may
 * @param isHidden is not listed among the active children: one that this library starts for itself
 * @param survivesParent goes on when its parent is lost
 * @param heapBytes maximum heap; 0 for the child's share of the memory, see {@link HeapShare}
 * @param family what is meant to run beside it, and shares the memory with it in equal parts; null if nobody knows
 * @param exitOnOutOfMemory true if the child's JVM ends itself at its first {@code OutOfMemoryError}
 * @param jvmArgs flags of the child's JVM, behind the inherited ones
 * @param systemProperties system properties of the child
 * @param environment edits of the inherited environment; a null value removes
 * @param classPath explicit class path; empty: found from the target's class loader
 * @param directory working directory; null for the parent's
 * @param javaHome home of the child's JDK; null for the parent's
 * @param output where its output goes
 * @param startDeadline how long it may take to be ready
 * @param debug the debugger asked for, or null
 */
public record LaunchSpec(
        String name,
        boolean isDaemon,
        boolean mayHaveChildren,
        boolean isHidden,
        boolean survivesParent,
        long heapBytes,
        Family family,
        boolean exitOnOutOfMemory,
        List<String> jvmArgs,
        Map<String, String> systemProperties,
        Map<String, String> environment,
        List<Path> classPath,
        Path directory,
        Path javaHome,
        ChildOutput output,
        Duration startDeadline,
        DebugRequest debug) {
    private static final Duration START_DEADLINE = Duration.ofSeconds(60);

    /** A spec with defaults for everything. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the values; each setter's meaning is that of the component of the same name. */
    public static final class Builder {
        private boolean daemon;
        private boolean exemptFromDaemonRule;
        private boolean survivesParent;
        private boolean hidden;
        private long heapBytes;
        private Family family;
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

        private Builder() {}

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

        public Builder family(Family value) {
            family = value;
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
        public LaunchSpec build(String name) {
            if (daemon && survivesParent) {
                throw new IllegalArgumentException(
                        "child '" + name + "': daemon(true) says that it ends with its parent,"
                                + " survivesParent(true) that it does not");
            }
            return new LaunchSpec(
                    Objects.requireNonNull(name, "name"),
                    daemon,
                    exemptFromDaemonRule || !daemon,
                    hidden,
                    survivesParent,
                    heapBytes,
                    family,
                    exitOnOutOfMemory,
                    List.copyOf(jvmArgs),
                    copy(systemProperties),
                    copy(environment),
                    List.copyOf(classPath),
                    directory,
                    javaHome,
                    output,
                    startDeadline,
                    debug);
        }

        /** Keeps order and null values. */
        private static Map<String, String> copy(Map<String, String> map) {
            return Collections.unmodifiableMap(new LinkedHashMap<>(map));
        }
    }
}
