package io.muster.internal.inherit;

import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds out how a child can load what a class loader of this JVM loads: by paths where the loader can be written as
 * paths, by asking this JVM for the rest. Thread-safe.
 */
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
     * @throws UncheckedIOException if a class server is needed and cannot be had
     */
    public static ChildClasses find(ClassLoader loader, String target, Supplier<Path> privateDirectory) {
        Objects.requireNonNull(privateDirectory, "privateDirectory");
        ClassLoader start = loader == null ? ClassLoader.getSystemClassLoader() : loader;
        PathPlan plan = PathPlan.of(start);
        List<String> classPath = new ArrayList<>(plan.classPath());
        Class<?> targetClass = load(start, target);
        ModulePlan modules = plan.includesSystem() ? ModulePlan.ofThisJvm(targetClass) : ModulePlan.NONE;
        addOwnJars(start, classPath, modules);
        if (target != null && !isInNamedModule(targetClass, modules)) {
            checkReachable(start, target, plan, classPath);
        }
        if (plan.isComplete()) {
            return new ChildClasses(classPath, modules, null, () -> {});
        }
        ClassServer.Lease lease = ClassServer.lease(new ClassSource(start, plan.onPath()), privateDirectory.get());
        return new ChildClasses(classPath, modules, lease.address(), lease::close);
    }

    /**
     * The classes for a child whose class path was given by the user. Muster's own jars are added where they are missing.
     *
     * @param classPath jars and directories
     * @return what the child is given
     * @throws UnreachableClassesException if Muster's own classes cannot be named by a path
     */
    public static ChildClasses explicit(List<String> classPath) {
        List<String> absolute = new ArrayList<>();
        for (String entry : classPath) {
            absolute.add(ClassFiles.absolute(entry));
        }
        addMissing(OwnJars.paths(), absolute);
        return new ChildClasses(absolute, ModulePlan.NONE, null, () -> {});
    }

    /** A class loader as messages name it. */
    static String describe(ClassLoader loader) {
        if (loader == null) {
            return "the boot class loader";
        }
        String name = loader.getName() == null ? "" : " '" + loader.getName() + "'";
        return "the class loader " + loader.getClass().getName() + name;
    }

    private static Class<?> load(ClassLoader loader, String name) {
        try {
            return name == null ? null : Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new UnreachableClassesException("The child could not load " + name + ": " + describe(loader)
                    + " does not find it either (" + e + ").");
        }
    }

    private static boolean isInNamedModule(Class<?> target, ModulePlan modules) {
        return target.getModule().isNamed()
                && (modules.roots().contains(target.getModule().getName())
                        || target.getClassLoader() == null
                        || target.getClassLoader() == ClassLoader.getPlatformClassLoader());
    }

    /**
     * Ours come last, so that they hide nothing of the program's. But if the program's loader has another Muster than
     * this one, ours come first: parent and child must be of one version.
     */
    private static void addOwnJars(ClassLoader loader, List<String> classPath, ModulePlan modules) {
        if (modules.ownModule() != null) {
            return;
        }
        List<String> own = OwnJars.paths();
        String anchor = OwnJars.anchors().get(0);
        URL theirs = loader.getResource(anchor);
        URL ours = OwnJars.class.getClassLoader().getResource(anchor);
        if (theirs != null && !theirs.toString().equals(String.valueOf(ours))) {
            classPath.removeAll(own);
            classPath.addAll(0, own);
        } else {
            addMissing(own, classPath);
        }
    }

    private static void addMissing(List<String> paths, List<String> classPath) {
        for (String path : paths) {
            if (!ClassFiles.leadsTo(classPath, Path.of(path))) {
                classPath.add(path);
            }
        }
    }

    /** Sees to it that the target is on the path, or is served. */
    private static void checkReachable(ClassLoader loader, String target, PathPlan plan, List<String> classPath) {
        URL address = ClassSource.classAddress(loader, target);
        if (address == null) {
            throw new UnreachableClassesException("The child could not load " + target + ": " + describe(loader)
                    + " made it and cannot give its bytes (getResource finds no class file), so it can be neither put on"
                    + " a class path nor served. Move the task into a class that is compiled to a file, or give the"
                    + " child a class path that has it with classPath(...).");
        }
        if (address.getProtocol().equals("jrt")) {
            return;
        }
        String resource = target.replace('.', '/') + ".class";
        Optional<ClassLocation> location = ClassLocation.ofResource(address, resource);
        if (plan.isComplete()) {
            // On the path it is, or it came by a door that leaves no trace there: an agent can add to the system path.
            ClassFiles.pathOf(location).ifPresent(path -> addMissing(List.of(path), classPath));
        }
    }
}
