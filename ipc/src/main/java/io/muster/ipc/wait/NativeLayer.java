package io.muster.ipc.wait;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Loads the native layer at its first use, cheaply: JNA is told the library directories, or it would run
 * {@code ldconfig} as a subprocess, and where the launcher has laid its library ready, not to unpack it again.
 */
final class NativeLayer {
    /** Directory with an unpacked {@code libjnidispatch.so} of the same JNA; set by the launcher for its children. */
    static final String LIBRARY_PROPERTY = "muster.jna.library";

    private static final String JNA_PATH = "jna.platform.library.path";

    private NativeLayer() {}

    /** The numbers to call by; null if there are no native calls here, then {@link #absence} says why. */
    static SyscallNumbers numbers() {
        return Holder.NUMBERS;
    }

    /** Null if there is no usable futex; then {@link #absence} says why. */
    static Futex futex() {
        return Holder.FUTEX;
    }

    /** Why {@link #futex} is not there. */
    static String absence() {
        return Holder.ABSENCE;
    }

    private static final class Holder {
        static final SyscallNumbers NUMBERS;
        static final Futex FUTEX;
        static final String ABSENCE;

        static {
            SyscallNumbers numbers = SyscallNumbers.ofThisMachine();
            Futex futex = null;
            String absence = null;
            if (numbers == null) {
                absence = "no system call numbers for " + System.getProperty("os.name") + " on "
                        + System.getProperty("os.arch");
            } else {
                try {
                    prepareJna();
                    futex = Futex.probe(numbers);
                    absence = futex == null ? "the kernel or a container profile refuses the futex call" : null;
                } catch (Throwable e) {
                    // Whatever JNA throws where it cannot load (musl, noexec temp, no native access): we do without.
                    rethrowFatal(e);
                    numbers = null;
                    absence = "JNA could not be loaded: " + e;
                }
            }
            NUMBERS = numbers;
            FUTEX = futex;
            ABSENCE = absence;
        }
    }

    private static void rethrowFatal(Throwable e) {
        if (e instanceof OutOfMemoryError || e instanceof ThreadDeath) {
            throw (Error) e;
        }
    }

    private static void prepareJna() {
        if (System.getProperty(JNA_PATH) == null) {
            System.setProperty(JNA_PATH, String.join(":", libraryDirectories()));
        }
        String unpacked = System.getProperty(LIBRARY_PROPERTY);
        if (unpacked != null
                && System.getProperty("jna.boot.library.path") == null
                && Files.isRegularFile(Path.of(unpacked, System.mapLibraryName("jnidispatch")))) {
            System.setProperty("jna.boot.library.path", unpacked);
            System.setProperty("jna.nounpack", "true");
        }
    }

    /** What {@code ldconfig} would say, so that other users of JNA in this JVM find their libraries too. */
    private static Set<String> libraryDirectories() {
        Set<String> directories = new LinkedHashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/etc/ld.so.conf.d"), "*.conf")) {
            for (Path file : files) {
                for (String line : Files.readAllLines(file)) {
                    if (line.startsWith("/")) {
                        directories.add(line.trim());
                    }
                }
            }
        } catch (IOException | RuntimeException none) {
            // No such directory: the usual places below are all there is.
        }
        directories.add("/lib64");
        directories.add("/usr/lib64");
        directories.add("/lib");
        directories.add("/usr/lib");
        return directories;
    }
}
