package io.muster.internal.inherit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * Finds out whether a class loader looks into its own jars before its parent's, as application servers' and plug-in
 * systems' do. There is no way to ask, so it is tried: a class that both have is loaded, and the one that comes tells. If
 * they have none in common, it does not matter.
 */
final class LookupOrder {
    private static final List<String> PARENT_FIRST = List.of("jdk.", "org.springframework.boot.loader.");

    private LookupOrder() {}

    static boolean isOwnFirst(ClassLoader loader, List<String> own, Iterable<String> parents) {
        for (String prefix : PARENT_FIRST) {
            if (loader.getClass().getName().startsWith(prefix)) {
                return false;
            }
        }
        Set<String> names = new HashSet<>();
        own.forEach(path -> names.addAll(classesIn(path)));
        for (String path : parents) {
            for (String name : classesIn(path)) {
                if (names.contains(name)) {
                    return definedBy(loader, name.substring(0, name.length() - ".class".length()));
                }
            }
        }
        return false;
    }

    private static boolean definedBy(ClassLoader loader, String path) {
        try {
            return Class.forName(path.replace('/', '.'), false, loader).getClassLoader() == loader;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static Set<String> classesIn(String path) {
        Path file = Path.of(path);
        try {
            return Files.isDirectory(file) ? classesInDirectory(file) : classesInJar(file);
        } catch (IOException e) {
            // The JVM passes over what is not there or not a jar.
            return Set.of();
        }
    }

    private static Set<String> classesInJar(Path file) throws IOException {
        Set<String> names = new HashSet<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            zip.stream().forEach(entry -> addClass(names, entry.getName()));
        }
        return names;
    }

    private static Set<String> classesInDirectory(Path directory) throws IOException {
        Set<String> names = new HashSet<>();
        try (Stream<Path> tree = Files.walk(directory)) {
            tree.forEach(path -> addClass(names, directory.relativize(path).toString()));
        }
        return names;
    }

    private static void addClass(Set<String> names, String name) {
        if (name.endsWith(".class") && !name.endsWith("-info.class")) {
            names.add(name);
        }
    }
}
