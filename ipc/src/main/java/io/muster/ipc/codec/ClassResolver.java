package io.muster.ipc.codec;

import java.lang.ref.WeakReference;
import java.util.Arrays;

/**
 * What one class loader knows of the names on the wire. Holds the loader and everything that came from it weakly, so the
 * loader can go away.
 */
final class ClassResolver {
    private static final int MOST_IDS = 1 << 16;

    private final WeakReference<ClassLoader> loader;
    private final Definitions definitions = new Definitions();
    private volatile Known[] lambdasById = new Known[16];

    /** Only to have an array of weak references without a generic type. */
    private static final class Known extends WeakReference<LambdaReader> {
        Known(LambdaReader reader) {
            super(reader);
        }
    }

    ClassResolver(ClassLoader loader) {
        this.loader = new WeakReference<>(loader);
    }

    boolean isFor(ClassLoader other) {
        return loader.refersTo(other);
    }

    Definitions definitions() {
        return definitions;
    }

    /** Returns the reader of the lambda with this number if it was found before, else null. */
    LambdaReader lambda(int id) {
        Known[] known = lambdasById;
        Known found = id >= 0 && id < known.length ? known[id] : null;
        return found == null ? null : found.get();
    }

    synchronized void lambda(int id, LambdaReader reader) {
        if (id >= MOST_IDS) {
            return;
        }
        Known[] known = lambdasById;
        if (id >= known.length) {
            known = Arrays.copyOf(known, Math.max(id + 1, known.length * 2));
        }
        known[id] = new Known(reader);
        lambdasById = known;
    }

    /** Loads a class, primitives by their keywords; what the loader does not have is looked for beside this library. */
    static Class<?> load(String name, ClassLoader loader) throws ClassNotFoundException {
        Class<?> primitive = primitive(name);
        if (primitive != null) {
            return primitive;
        }
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            ClassLoader own = ClassResolver.class.getClassLoader();
            if (own == loader) {
                throw e;
            }
            return loadFrom(own, name, e);
        }
    }

    private static Class<?> loadFrom(ClassLoader own, String name, ClassNotFoundException first)
            throws ClassNotFoundException {
        try {
            return Class.forName(name, false, own);
        } catch (ClassNotFoundException e) {
            throw first;
        }
    }

    private static Class<?> primitive(String name) {
        return switch (name) {
            case "boolean" -> boolean.class;
            case "byte" -> byte.class;
            case "short" -> short.class;
            case "char" -> char.class;
            case "int" -> int.class;
            case "long" -> long.class;
            case "float" -> float.class;
            case "double" -> double.class;
            case "void" -> void.class;
            default -> null;
        };
    }
}
