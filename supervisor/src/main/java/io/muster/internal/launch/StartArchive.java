package io.muster.internal.launch;

import io.muster.ChildOutput;
import io.muster.ExitStatus;
import io.muster.internal.inherit.ChildClasses;
import io.muster.remote.RemoteRunnable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An archive of loaded classes for children of one class path, in the {@link ArchiveForm} that such children take. Made in the background by a
 * child that does nothing, some time after the first child that could have used it, and kept in
 * {@code $XDG_CACHE_HOME/muster} or {@code ~/.cache/muster} under a name made of the JVM's build, its module flags, and path, size
 * and time of each jar. The {@value #MOST} used last stay. None is made where the class path has directories or temporary
 * jars on it, or agents run; {@code -Dmuster.archive=false} switches it off. Whatever goes wrong costs time only.
 */
final class StartArchive {
    static final String PROPERTY = "muster.archive";

    private static final int MOST = 8;
    private static final long DELAY_MILLIS = 1_000;
    /** What the JVM leaves that was ended while it made one. */
    private static final Pattern UNFINISHED = Pattern.compile(".*\\.(?:jsa|aot)\\.(\\d{1,18})(?:\\.config)?");

    private static final Map<String, StartArchive> KNOWN = new ConcurrentHashMap<>();

    private final ArchiveForm form;
    private final Path file;
    private final List<Path> jars;
    private final Path home;
    private final AtomicBoolean begun = new AtomicBoolean();

    private StartArchive(ArchiveForm form, Path file, List<Path> jars, Path home) {
        this.form = form;
        this.file = file;
        this.jars = jars;
        this.home = home;
    }

    /** The archive for such children; null if there can be none. */
    static StartArchive find(
            LaunchSpec spec, Path home, List<String> inherited, ChildClasses classes, long heapMegabytes) {
        if (spec.isHidden() || !classes.modulePath().isEmpty() || "false".equals(System.getProperty(PROPERTY))) {
            return null;
        }
        List<String> flags = new ArrayList<>(inherited);
        flags.addAll(spec.jvmArgs());
        ArchiveForm form = ArchiveForm.of(home, spec.jvmArgs(), inherited, heapMegabytes);
        StringBuilder key = new StringBuilder(home.toString()).append(form);
        for (String flag : flags) {
            if (flag.startsWith("-javaagent")
                    || flag.startsWith("-agent")
                    || flag.contains("Archive")
                    || flag.startsWith("-XX:AOT")) {
                return null;
            }
            if (flag.startsWith("--")) { // modules: the others make no difference, or the JVM then does without
                key.append('\n').append(flag);
            }
        }
        for (String jar : classes.classPath()) {
            key.append('\n').append(jar);
        }
        return KNOWN.computeIfAbsent(key.toString(), k -> of(k, form, home, classes.classPath()))
                .usableOrNull();
    }

    private static StartArchive of(String key, ArchiveForm form, Path home, List<String> classPath) {
        StringBuilder identity = new StringBuilder(key).append('\n').append(System.getProperty("java.vm.version"));
        List<Path> jars = new ArrayList<>();
        String temporary = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath() + File.separator;
        for (String element : classPath) {
            File jar = new File(element);
            if (!jar.isFile() || element.startsWith(temporary)) {
                return new StartArchive(form, null, List.of(), home);
            }
            jars.add(jar.toPath());
            identity.append('\n').append(jar.length()).append(' ').append(jar.lastModified());
        }
        Path directory = directory();
        Path file = directory == null ? null : directory.resolve(hash(identity) + form.suffix());
        return new StartArchive(form, file, List.copyOf(jars), home);
    }

    private StartArchive usableOrNull() {
        return file == null ? null : this;
    }

    private static Path directory() {
        String cache = System.getenv("XDG_CACHE_HOME");
        if (cache != null && cache.startsWith(File.separator)) {
            return Path.of(cache, "muster");
        }
        Path home = Path.of(System.getProperty("user.home"));
        return home.isAbsolute() && Files.isDirectory(home)
                ? home.resolve(".cache").resolve("muster")
                : null;
    }

    /** 64 bits, FNV-1a: names need to differ, nothing more; the JVM itself checks that an archive fits. */
    private static String hash(CharSequence text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return Long.toHexString(hash);
    }

    /** Adds the flag if the archive is there. */
    void addTo(List<String> words) {
        if (Files.isReadable(file)) {
            words.addAll(form.toStartFrom(file));
            begun.set(true);
        }
    }

    /** A child is ready that could have used it: makes it, unless that has been tried. Returns at once. */
    void makeSoon() {
        if (begun.compareAndSet(false, true)) {
            CompletableFuture.delayedExecutor(
                            DELAY_MILLIS, TimeUnit.MILLISECONDS, work -> Threads.daemon("muster-archive", work))
                    .execute(this::make);
        }
    }

    private void make() {
        try {
            Files.createDirectories(file.getParent());
            removeUnfinished();
            Path unfinished = file.resolveSibling(
                    file.getFileName() + "." + ProcessHandle.current().pid());
            try {
                if (train(unfinished).isSuccess() && Files.isRegularFile(unfinished)) {
                    unfinished.toFile().setWritable(true, true);
                    Files.move(unfinished, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
                }
            } finally {
                Files.deleteIfExists(unfinished);
                Files.deleteIfExists(Path.of(unfinished + ".config"));
            }
            removeOldest();
        } catch (IOException | RuntimeException e) {
            System.getLogger("io.muster.launch")
                    .log(System.Logger.Level.DEBUG, "no class-data archive for children: " + e);
        }
    }

    private ExitStatus train(Path unfinished) {
        LaunchSpec spec = LaunchSpec.builder()
                .daemon(true)
                .hidden()
                .javaHome(home)
                .heapBytes(64L << 20)
                .output(ChildOutput.discard())
                .jvmArgs(List.of(form.toMake(unfinished)))
                .classPath(jars)
                .build("muster-archive");
        // Of the kinds that many targets capture, so that what decodes them gets into the archive too.
        Object[] usual = {"", 1, 1L, 1.0, true, List.of(""), Map.of("", 1), new byte[1], new String[] {""}};
        RemoteRunnable nothing = () -> Objects.requireNonNull(usual);
        return Launcher.start(spec, LaunchTarget.lambda(nothing)).onExit().join();
    }

    /** What programs have left that ended while theirs was being made; its name ends with their pid. */
    private void removeUnfinished() throws IOException {
        File[] all = file.getParent().toFile().listFiles();
        for (File each : all == null ? new File[0] : all) {
            Matcher name = UNFINISHED.matcher(each.getName());
            if (name.matches()
                    && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                Files.deleteIfExists(each.toPath());
            }
        }
    }

    private void removeOldest() throws IOException {
        File[] all = file.getParent().toFile().listFiles((directory, name) -> ArchiveForm.isNameOfOne(name));
        if (all == null || all.length <= MOST) {
            return;
        }
        java.util.Arrays.sort(all, java.util.Comparator.comparingLong(File::lastModified));
        for (int i = 0; i < all.length - MOST; i++) {
            Files.deleteIfExists(all[i].toPath());
        }
    }
}
