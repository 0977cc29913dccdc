package io.muster.ipc.memory;

import java.nio.file.Path;

/**
 * The places that this JVM takes part in, known to every copy of Muster in it, whatever its class loader: their lock
 * files must not be opened a second time, as closing that would drop the locks of the first.
 *
 * <p>A system property per place is what all copies can see, and a string that the JVM keeps once is their common lock.
 */
final class JoinedPlaces {
    private static final String PROPERTY_PREFIX = "muster.joined:";

    /** Held while a lock file of this JVM is opened for good, or opened and closed for a moment. */
    static final Object OPENING = "io.muster.ipc.memory.JoinedPlaces".intern();

    private JoinedPlaces() {}

    /** @throws PlaceException if this JVM is a party of that place already */
    static void add(Path directory) {
        synchronized (OPENING) {
            String holder = System.getProperties().getProperty(key(directory));
            if (holder != null) {
                throw new PlaceException("this JVM takes part in " + directory + " already, through another copy of"
                        + " Muster (" + holder + "; this one: " + loader() + "). A JVM can hold the locks of a place"
                        + " once: let one class loader, above both users, load Muster.");
            }
            System.setProperty(key(directory), loader());
        }
    }

    static void remove(Path directory) {
        synchronized (OPENING) {
            System.clearProperty(key(directory));
        }
    }

    static boolean contains(Path directory) {
        return System.getProperty(key(directory)) != null;
    }

    private static String key(Path directory) {
        return PROPERTY_PREFIX + directory;
    }

    private static String loader() {
        return "class loader " + JoinedPlaces.class.getClassLoader();
    }
}
