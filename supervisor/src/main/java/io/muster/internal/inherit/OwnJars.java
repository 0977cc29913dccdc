package io.muster.internal.inherit;

import io.muster.child.ServedClassLoader;
import io.muster.ipc.memory.Memory;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;

/** Where Muster itself lies: whatever a child runs, it begins with our classes. */
final class OwnJars {
    /** One resource of each jar a child needs; the last is JNA's, which is optional. */
    private static final List<String> ANCHORS = List.of(
            resource(ServedClassLoader.class.getName()),
            resource(Memory.class.getName()),
            resource(OwnJars.class.getName()),
            resource("com.sun.jna.Native"));

    private static volatile List<String> paths;

    private OwnJars() {}

    /** Resources that tell our jars, one for each. */
    static List<String> anchors() {
        return ANCHORS;
    }

    /** The file of each jar; those inside the runtime image are not named, as each child has them. */
    static List<String> paths() {
        List<String> known = paths;
        if (known == null) {
            known = List.copyOf(findPaths());
            paths = known;
        }
        return known;
    }

    private static List<String> findPaths() {
        List<String> found = new ArrayList<>();
        ClassLoader own = OwnJars.class.getClassLoader();
        for (String anchor : ANCHORS) {
            URL address = own.getResource(anchor);
            if (address != null && !address.getProtocol().equals("jrt")) {
                String path = ClassFiles.pathOf(ClassLocation.ofResource(address, anchor))
                        .orElseThrow(() -> new UnreachableClassesException("A child cannot be started: it would find"
                                + " Muster's own classes nowhere. They were loaded by " + ClassPathFinder.describe(own)
                                + " from " + address + ", which no class path can name. Load Muster by a class loader"
                                + " that reads jar files, or give the child its class path with classPath(...)."));
                if (!found.contains(path)) {
                    found.add(path);
                }
            }
        }
        return found;
    }

    private static String resource(String className) {
        return className.replace('.', '/') + ".class";
    }
}
