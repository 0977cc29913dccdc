package io.muster.internal.launch;

import io.muster.child.ChildMain;
import io.muster.child.ClassServerAddress;
import io.muster.internal.inherit.ChildClasses;
import io.muster.internal.inherit.ClassPathFinder;
import io.muster.internal.inherit.InheritedOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a child JVM. Nothing secret stands on it, and no argument of the target. */
final class ChildCommand implements AutoCloseable {
    private static final int MEBI = 20;

    private final Path java;
    private final List<String> words;
    private final ChildClasses classes;
    private final StartArchive archive;
    private final Object heapKey;
    private final boolean debugs;
    private Path argumentFile;

    private ChildCommand(
            Path java, List<String> words, ChildClasses classes, StartArchive archive, Object heapKey, boolean debugs) {
        this.java = java;
        this.words = words;
        this.classes = classes;
        this.archive = archive;
        this.heapKey = heapKey;
        this.debugs = debugs;
    }

    static ChildCommand of(LaunchSpec spec, LaunchTarget target, Session session) {
        Path ownHome = Path.of(System.getProperty("java.home"));
        Path home = spec.javaHome() != null ? spec.javaHome() : ownHome;
        List<String> inherited = InheritedOptions.ofThisJvm().jvmArguments(spec.name(), home.equals(ownHome));
        ChildClasses classes = classes(spec, target, session);
        Object heapKey = new Object();
        long heapMegabytes = Math.max(2, HeapLedger.ofThisJvm().enter(heapKey, spec) >> MEBI);
        DebugRequest debug = DebugRequest.of(spec);
        StartArchive archive = debug != null ? null : StartArchive.find(spec, home, inherited, classes, heapMegabytes);
        List<String> words = new ArrayList<>();
        addQuietness(words);
        if (archive != null) {
            archive.addTo(words);
        }
        words.addAll(inherited);
        if (spec.exitOnOutOfMemory()) {
            words.add("-XX:+ExitOnOutOfMemoryError");
        }
        words.add("-Xmx" + heapMegabytes + "m");
        words.addAll(spec.jvmArgs());
        VersionFlags.addTo(words, home);
        spec.systemProperties().forEach((key, value) -> words.add("-D" + key + "=" + value));
        words.add("-Dmuster.child=" + spec.name());
        if (debug != null) {
            words.add(debug.jvmArg());
        }
        words.addAll(classes.launchArguments(ChildMain.class.getName()));
        return new ChildCommand(
                home.resolve("bin").resolve("java"), List.copyOf(words), classes, archive, heapKey, debug != null);
    }

    /**
     * Warnings of the JVM would otherwise go to stdout, which belongs to the user. Those of the class-data archive are
     * dropped: newer JDKs call it an error that one is used together with {@code --enable-native-access}.
     */
    private static void addQuietness(List<String> words) {
        words.add("-Xlog:disable");
        words.add("-Xlog:all=error,cds*=off:stderr");
        words.add("-XX:+DisplayVMOutputToStderr");
    }

    private static ChildClasses classes(LaunchSpec spec, LaunchTarget target, Session session) {
        if (!spec.classPath().isEmpty()) {
            return ClassPathFinder.explicit(
                    spec.classPath().stream().map(Path::toString).toList());
        }
        return ClassPathFinder.find(target.loader(), target.classNeeded(), session::directory);
    }

    /** The command line in full, for people. */
    List<String> full() {
        List<String> line = new ArrayList<>();
        line.add(java.toString());
        line.addAll(words);
        return List.copyOf(line);
    }

    Path java() {
        return java;
    }

    /** The child's heap is free again; that of one of a family stays set aside for its successor. */
    void leaveHeap() {
        HeapLedger.ofThisJvm().leave(heapKey);
    }

    /** True if the JVM will print where its debugger listens. */
    boolean debugs() {
        return debugs;
    }

    /** For the bootstrap record; empty if no class has to be served. */
    String classServer() {
        return classes.server().map(ClassServerAddress::encode).orElse("");
    }

    /** The command line to start, with an argument file where it would be too long. */
    synchronized List<String> arguments(Session session) throws IOException {
        if (ArgumentFile.fits(words)) {
            return full();
        }
        argumentFile = session.newFile("args");
        List<String> options = words.subList(0, words.size() - 1);
        ArgumentFile.write(argumentFile, options);
        return List.of(java.toString(), "@" + argumentFile, words.get(words.size() - 1));
    }

    /** The child is ready: what only its start needed goes, and what the next start can use is made. */
    void started() {
        clean();
        if (archive != null) {
            archive.makeSoon();
        }
    }

    /** Removes the argument file once the JVM has read it. */
    synchronized void clean() {
        if (argumentFile != null) {
            try {
                Files.deleteIfExists(argumentFile);
                argumentFile = null;
            } catch (IOException e) {
                // It goes with the session.
            }
        }
    }

    @Override
    public void close() {
        leaveHeap();
        classes.close();
    }
}
