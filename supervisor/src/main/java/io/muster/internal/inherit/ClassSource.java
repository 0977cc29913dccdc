package io.muster.internal.inherit;

import io.muster.child.ClassProtocol;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The bytes behind one class loader of this JVM. A class is looked up by loading it (without initializing it), and its
 * bytes are then asked of the loader that defined it: so a child gets what this JVM has, also from a loader that looks
 * into its own classes first, or compiles on demand. Thread-safe as far as the loader is.
 */
final class ClassSource {
    private final ClassLoader loader;
    private final ClassLoader onPath;

    /**
     * @param loader what is asked
     * @param onPath an ancestor of {@code loader} whose resources the child has on its own paths, or {@code null}
     */
    ClassSource(ClassLoader loader, ClassLoader onPath) {
        this.loader = loader;
        this.onPath = onPath;
    }

    /** The class file, alone in a list; an empty list if there is none. Classes of the JDK are never served. */
    List<byte[]> classBytes(String name) throws IOException {
        URL address = classAddress(loader, name);
        return address == null || isOfJdk(address) ? List.of() : List.of(read(address));
    }

    /** The first resource of this name, alone in a list; an empty list if there is none. */
    List<byte[]> resource(String name) throws IOException {
        URL address = loader.getResource(name);
        return address == null || isOfJdk(address) ? List.of() : List.of(read(address));
    }

    /** All resources of this name that the child has not on its own paths. */
    List<byte[]> resources(String name) throws IOException {
        Set<String> known = new HashSet<>();
        if (onPath != null) {
            for (URL address : Collections.list(onPath.getResources(name))) {
                known.add(address.toString());
            }
        }
        List<byte[]> found = new ArrayList<>();
        for (URL address : Collections.list(loader.getResources(name))) {
            if (!isOfJdk(address) && known.add(address.toString()) && found.size() < ClassProtocol.MAX_RESOURCES) {
                found.add(read(address));
            }
        }
        return found;
    }

    /** Where {@code loader} has a class from; {@code null} if it cannot say. */
    static URL classAddress(ClassLoader loader, String name) {
        String file = name.replace('.', '/') + ".class";
        try {
            ClassLoader definer = Class.forName(name, false, loader).getClassLoader();
            if (definer instanceof URLClassLoader paths && paths.findResource(file) != null) {
                return paths.findResource(file);
            }
            URL address = definer == null ? ClassLoader.getSystemResource(file) : definer.getResource(file);
            return address != null ? address : loader.getResource(file);
        } catch (ClassNotFoundException | LinkageError e) {
            return loader.getResource(file);
        }
    }

    private static boolean isOfJdk(URL address) {
        return address.getProtocol().equals("jrt");
    }

    private static byte[] read(URL address) throws IOException {
        try (InputStream in = address.openStream()) {
            return in.readNBytes(ClassProtocol.MAX_BYTES + 1);
        }
    }
}
