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
    private final long heapBytes;
    private final boolean debugs;
    private Path argumentFile;

    private ChildCommand(
            Path java, List<String> words, ChildClasses classes, StartArchive archive, long heapBytes, boolean debugs) {
        this.java = java;
        this.words = words;
        this.classes = classes;
        this.archive = archive;
        this.heapBytes = heapBytes;
        this.debugs = debugs;
    }

    static ChildCommand of(LaunchSpec spec, LaunchTarget target, Session session) {
        Path ownHome = Path.of(System.getProperty("java.home"));
        Path home = spec.javaHome() != null ? spec.javaHome() : ownHome;
        long heapBytes = heapBytes(spec);
        List<String> inherited = InheritedOptions.ofThisJvm().jvmArguments(spec.name(), home.equals(ownHome));
        ChildClasses classes = classes(spec, target, session);
        StartArchive archive = StartArchive.find(spec, home, inherited, classes);
        List<String> words = new ArrayList<>();
        addQuietness(words);
        if (archive != null) {
            archive.addTo(words);
        }
        words.addAll(inherited);
        if (spec.exitOnOutOfMemory()) {
            words.add("-XX:+ExitOnOutOfMemoryError");
        }
        words.add("-Xmx" + Math.max(2, heapBytes >> MEBI) + "m");
        words.addAll(spec.jvmArgs());
        NativeAccess.addTo(words, home);
        spec.systemProperties().forEach((key, value) -> words.add("-D" + key + "=" + value));
        words.add("-Dmuster.child=" + spec.name());
        DebugRequest debug = DebugRequest.of(spec);
        if (debug != null) {
            words.add(debug.jvmArg());
        }
        words.addAll(classes.launchArguments(ChildMain.class.getName()));
        return new ChildCommand(
                home.resolve("bin").resolve("java"), List.copyOf(words), classes, archive, heapBytes, debug != null);
    }

    /**
     * Warnings of the JVM would otherwise go to stdout, which belongs to the user. Those of the class-data archive are
     * dropped: newer JDKs call it an error that one is used together with {@code --enable-native-access}.
     */
    private static void addQuietness(List<String> words) {
        words.add("-Xshare:auto");
        words.add("-Xlog:disable");
        words.add("-Xlog:all=error,cds*=off:stderr");
        words.add("-XX:+DisplayVMOutputToStderr");
    }

    private static long heapBytes(LaunchSpec spec) {
        HeapShare share = HeapShare.ofThisJvm();
        List<ChildHandle> living = ActiveChildren.list();
        long livingBytes = 0;
        long othersBytes = 0;
        for (ChildHandle child : living) {
            livingBytes += child.heapBytes();
            othersBytes += child.isOf(spec.family()) ? 0 : child.heapBytes();
        }
        long heapBytes = spec.heapBytes();
        if (heapBytes == 0) {
            heapBytes = spec.family() != null
                    ? share.ofFamily(spec.family().size(), othersBytes)
                    : share.ofSingle(living.size(), livingBytes);
        }
        share.report(heapBytes, livingBytes + heapBytes, living.size() + 1);
        return heapBytes;
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

    long heapBytes() {
        return heapBytes;
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
        if (archive != null && !debugs()) {
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
        classes.close();
    }
}
