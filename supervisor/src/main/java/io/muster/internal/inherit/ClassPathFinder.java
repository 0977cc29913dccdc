package io.muster.internal.inherit;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Finds out how a child can load what a class loader of this JVM loads. First version: the system class path. */
public final class ClassPathFinder {
    private ClassPathFinder() {}

    /**
     * The classes for a child that runs {@code target}.
     *
     * @param loader the class loader of the target; {@code null} means the system class loader
     * @param target name of a class the child must be able to load, or {@code null} if none is known
     * @param privateDirectory a directory that only this user may enter, for the class server's socket; asked only if a
     *     class server is needed
     * @return what the child is given; to be closed when it has ended
     * @throws UnreachableClassesException if the child could not load {@code target}; it names the class loader
     */
    public static ChildClasses find(ClassLoader loader, String target, Supplier<Path> privateDirectory) {
        return explicit(List.of(System.getProperty("java.class.path").split(File.pathSeparator)));
    }

    /**
     * The classes for a child whose class path was given by the user. Muster's own jars are added where they are missing.
     *
     * @param classPath jars and directories
     * @return what the child is given
     */
    public static ChildClasses explicit(List<String> classPath) {
        List<String> absolute = new ArrayList<>();
        for (String entry : classPath) {
            absolute.add(Path.of(entry).toAbsolutePath().toString());
        }
        return new ChildClasses(absolute, List.of(), List.of(), null, () -> {});
    }
}
