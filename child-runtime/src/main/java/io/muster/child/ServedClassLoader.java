package io.muster.child;

/** First version: see the next commit. */
public final class ServedClassLoader extends ClassLoader {
    /**
     * A loader that looks in {@code parent} first and asks the parent JVM for the rest.
     *
     * @param parent usually the system class loader
     * @param server where to ask; nothing is connected before the first class is missing
     */
    public ServedClassLoader(ClassLoader parent, ClassServerAddress server) {
        super("served", parent);
    }
}
