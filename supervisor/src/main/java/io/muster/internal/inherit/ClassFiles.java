package io.muster.internal.inherit;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** Files and directories on a class path. */
final class ClassFiles {
    private ClassFiles() {}

    /** The path that names a location, what is nested having been taken out; empty if there is none. */
    static Optional<String> pathOf(Optional<ClassLocation> location) {
        if (location.isEmpty()) {
            return Optional.empty();
        }
        if (!location.get().isNested()) {
            return Optional.of(location.get().file().toAbsolutePath().toString());
        }
        try {
            return Optional.of(NestedJars.extract(location.get()).toString());
        } catch (IOException e) {
            System.getLogger(ClassFiles.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "A nested jar cannot be extracted for a child, its classes are served instead: "
                                    + location.get() + ": " + e);
            return Optional.empty();
        }
    }

    /** The entries of a path property, absolute, an empty one being the working directory. */
    static List<String> split(String path) {
        List<String> entries = new ArrayList<>();
        for (String entry : path.split(File.pathSeparator)) {
            entries.add(absolute(entry));
        }
        return entries;
    }

    static String absolute(String path) {
        return Path.of(path).toAbsolutePath().toString();
    }

    /** Whether a class path leads to {@code wanted}, also by way of the {@code Class-Path} in a jar's manifest. */
    static boolean leadsTo(Collection<String> classPath, Path wanted) {
        if (classPath.contains(wanted.toString())) {
            return true;
        }
        Path real = real(wanted);
        Set<Path> seen = new HashSet<>();
        Deque<Path> next = new ArrayDeque<>();
        for (String entry : classPath) {
            next.add(real(Path.of(entry)));
        }
        if (next.contains(real)) {
            return true;
        }
        while (!next.isEmpty()) {
            Path path = next.remove();
            if (path.equals(real)) {
                return true;
            }
            if (seen.add(path)) {
                next.addAll(manifestPath(path));
            }
        }
        return false;
    }

    private static List<Path> manifestPath(Path jar) {
        if (!Files.isRegularFile(jar)) {
            return List.of();
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String value =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return value == null
                    ? List.of()
                    : List.of(value.strip().split("\\s+")).stream()
                            .map(entry -> resolve(jar, entry))
                            .flatMap(Optional::stream)
                            .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Optional<Path> resolve(Path jar, String entry) {
        try {
            return Optional.of(real(Path.of(jar.toUri().resolve(new URI(entry)))));
        } catch (Exception e) {
            // Not a file: the JVM passes over it as well.
            return Optional.empty();
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }
}
