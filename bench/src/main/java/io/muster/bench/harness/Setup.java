package io.muster.bench.harness;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What programs are made of on this machine.
 *
 * @param effort how many rounds are enough
 * @param tools what is installed
 * @param workspace where scripts and compiled helpers lie
 */
public record Setup(Effort effort, Tools tools, Workspace workspace) {
    /** From here on a JVM warns of native access that was not allowed by name. */
    private static final int NATIVE_ACCESS_JDK = 24;

    private static final String NO_JARS = "its library is not there; the build of bench notes it in peers.classpath";

    /** How much is done for a figure. */
    public enum Effort {
        WHOLE,
        /** Its figures are rough. */
        QUICK,
        /** Shows that all programs run; its figures say nothing. */
        TINY
    }

    /** A number of rounds, or of items. */
    public int rounds(int whole, int ifQuick) {
        return switch (effort) {
            case WHOLE -> whole;
            case QUICK -> ifQuick;
            case TINY -> Math.max(1, ifQuick / 10);
        };
    }

    /** A JVM like this one that runs one of our programs. */
    public Program java(String name, Class<?> main, Object... arguments) {
        List<String> command = new ArrayList<>(jvm());
        command.add(main.getName());
        return Program.own(name, with(command, arguments));
    }

    /**
     * One of our programs that needs a library of the peers, behind our own class path; without a build of the peers it is
     * missing.
     *
     * @param flags for that JVM
     */
    public Program javaWithPeers(String name, Class<?> main, List<String> flags, Object... arguments) {
        Optional<String> jars = tools.peerJars();
        if (jars.isEmpty()) {
            return Program.missing(name, NO_JARS);
        }
        List<String> command = new ArrayList<>(jvm());
        command.set(command.size() - 1, System.getProperty("java.class.path") + File.pathSeparator + jars.get());
        command.addAll(flags);
        command.add(main.getName());
        return Program.own(name, with(command, arguments));
    }

    /**
     * A Java source of this module's resources, compiled now: for peers whose libraries our class path must not have. They
     * lie where the build has noted them; without a build of the peers it is missing.
     *
     * @param source its class has the main method
     * @param flags for that JVM
     */
    public Program javaPeer(String name, String source, List<String> flags, Object... arguments) {
        Optional<String> jars = tools.peerJars();
        if (jars.isEmpty()) {
            return Program.missing(name, NO_JARS);
        }
        Path classes;
        try {
            classes = workspace.compiledJava(jars.get(), source);
        } catch (IOException e) {
            return Program.missing(name, e.getMessage());
        }
        List<String> command = new ArrayList<>(jvm());
        command.set(command.size() - 1, classes + File.pathSeparator + jars.get());
        command.addAll(flags);
        if (Runtime.version().feature() >= NATIVE_ACCESS_JDK) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.add("-Dpeer.directory=" + workspace.memory());
        command.add(source.replace(".java", ""));
        return Program.peer(name, with(command, arguments));
    }

    /** A Python script of this module's resources. */
    public Program python(String name, String script, Object... arguments) {
        workspace.resource("figures.py"); // what all scripts import
        Optional<String> python = tools.python();
        return python.isEmpty()
                ? Program.missing(name, "python3 is not installed")
                : Program.peer(
                        name,
                        with(List.of(python.get(), workspace.resource(script).toString()), arguments));
    }

    /** A C program of this module's resources, compiled now. */
    public Program c(String name, String source, Object... arguments) throws InterruptedException {
        Optional<String> compiler = tools.compiler();
        if (compiler.isEmpty()) {
            return Program.missing(name, "no C compiler (cc or gcc) is installed");
        }
        try {
            Path program = workspace.compiled(compiler.get(), source);
            return Program.peer(name, with(List.of(program.toString()), arguments));
        } catch (IOException e) {
            return Program.missing(name, e.getMessage());
        }
    }

    /** The JVM of this process with its class path, up to the name of the main class. */
    public List<String> jvm() {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        if (Runtime.version().feature() >= NATIVE_ACCESS_JDK) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        if (effort == Effort.TINY) {
            command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
        }
        // What a killed program leaves behind goes with the workspace.
        command.add("-Djava.io.tmpdir=" + workspace.directory());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        return command;
    }

    /** A directory in memory, where there is one; it goes with the workspace. */
    public Path memory() {
        return workspace.memory();
    }

    /** The processor of the other side, where the two are pinned apart. */
    public int otherCpu() {
        return tools.lastCpu();
    }

    /** What a placement needs and is not here; empty if all is. */
    String missingFor(Placement placement) {
        if (placement == Placement.FREE) {
            return "";
        }
        if (tools.taskset().isEmpty()) {
            return "taskset is not installed";
        }
        return placement == Placement.APART && tools.firstCpu() == tools.lastCpu() ? "there is one CPU only" : "";
    }

    List<String> placed(List<String> command, Placement placement) {
        if (placement == Placement.FREE) {
            return command;
        }
        List<String> placed =
                new ArrayList<>(List.of(tools.taskset().orElseThrow(), "-c", Integer.toString(tools.firstCpu())));
        placed.addAll(command);
        return placed;
    }

    private static List<String> with(List<String> command, Object... arguments) {
        List<String> all = new ArrayList<>(command);
        for (Object argument : arguments) {
            all.add(argument.toString());
        }
        return all;
    }
}
