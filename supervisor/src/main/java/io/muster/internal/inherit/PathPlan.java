package io.muster.internal.inherit;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A class loader and its parents, written as a class path as far as that goes: parents first, each in its own way.
 */
final class PathPlan {
    private static final String SYSTEM_LOADER = "jdk.internal.loader.ClassLoaders$AppClassLoader";

    private final Set<String> classPath = new LinkedHashSet<>();
    private ClassLoader onPath;
    private boolean complete = true;
    private boolean system;

    private PathPlan() {}

    static PathPlan of(ClassLoader loader) {
        PathPlan plan = new PathPlan();
        Deque<ClassLoader> chain = new ArrayDeque<>();
        for (ClassLoader l = loader; l != null && l != ClassLoader.getPlatformClassLoader(); l = l.getParent()) {
            chain.push(l);
        }
        for (ClassLoader l : chain) {
            plan.add(l);
        }
        return plan;
    }

    /** Absolute, in the order of search. */
    List<String> classPath() {
        return List.copyOf(classPath);
    }

    /** Whether the path has everything the loader has. */
    boolean isComplete() {
        return complete;
    }

    /** Whether the loader sees the system class path. */
    boolean includesSystem() {
        return system;
    }

    /** The last loader, from the top, of which the path has everything; {@code null} if there is none. */
    ClassLoader onPath() {
        return onPath;
    }

    private void add(ClassLoader loader) {
        if (loader.getClass().getName().equals(SYSTEM_LOADER)) {
            system = true;
            classPath.addAll(systemClassPath());
        } else if (loader instanceof URLClassLoader urls) {
            complete &= addUrls(urls);
        } else {
            complete = false;
        }
        if (complete) {
            onPath = loader;
        }
    }

    /** A plain one has nothing but its URLs; a subclass may make classes of its own, so it is served as well. */
    private boolean addUrls(URLClassLoader loader) {
        boolean plain = loader.getClass() == URLClassLoader.class;
        List<String> own = new ArrayList<>();
        boolean all = true;
        for (URL url : loader.getURLs()) {
            Optional<String> path = ClassFiles.pathOf(ClassLocation.ofRoot(url));
            path.ifPresent(own::add);
            all &= path.isPresent();
        }
        if (plain || classPath.isEmpty() || !LookupOrder.isOwnFirst(loader, own, classPath)) {
            classPath.addAll(own);
        } else {
            List<String> parents = classPath();
            classPath.clear();
            classPath.addAll(own);
            classPath.addAll(parents);
        }
        return plain && all;
    }

    private static List<String> systemClassPath() {
        String path = System.getProperty("java.class.path");
        boolean none = path == null || path.isEmpty() && System.getProperty("jdk.module.main") != null;
        return none ? List.of() : ClassFiles.split(path);
    }
}
