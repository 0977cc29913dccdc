package io.muster.internal.inherit;

import static org.junit.jupiter.api.Assertions.assertSame;

import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

/** Whose classes a pool's workers get. */
class ProgramLoaderTest {
    @Test
    void theCallersLoaderWinsOnlyWhereItSeesMore() throws Exception {
        ClassLoader system = ClassLoader.getSystemClassLoader();
        try (var source = new URLClassLoader(new URL[0], system);
                var other = new URLClassLoader(new URL[0], system)) {
            assertSame(source, ProgramLoader.choose(system, source));
            assertSame(other, ProgramLoader.choose(other, system));
            assertSame(other, ProgramLoader.choose(other, source));
            assertSame(system, ProgramLoader.choose(system, null));
        }
    }

    @Test
    void aMissingContextClassLoaderIsTheSystems() {
        Thread thread = Thread.currentThread();
        ClassLoader context = thread.getContextClassLoader();
        thread.setContextClassLoader(null);
        try {
            assertSame(ClassLoader.getSystemClassLoader(), ProgramLoader.ofCaller());
        } finally {
            thread.setContextClassLoader(context);
        }
    }
}
