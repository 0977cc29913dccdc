package io.muster.internal.inherit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.child.ServedClassLoader;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathFinderTest {
    @TempDir
    Path temp;

    @Test
    void theSystemClassLoaderIsItsClassPath() {
        try (ChildClasses classes =
                find(ClassLoader.getSystemClassLoader(), getClass().getName())) {
            assertEquals(ClassFiles.split(System.getProperty("java.class.path")), classes.classPath());
            assertTrue(classes.server().isEmpty());
        }
    }

    @Test
    void classesOfTheJdkNeedNothing() {
        try (ChildClasses classes = find(null, "java.lang.Thread")) {
            assertTrue(classes.server().isEmpty());
        }
    }

    @Test
    void aUrlClassLoaderStandsBehindItsParents() throws Exception {
        Path own = Programs.compileWord(temp.resolve("own"), "Word", "own");
        try (URLClassLoader loader = urls(getClass().getClassLoader(), own);
                ChildClasses classes = find(loader, "Word")) {
            List<String> path = classes.classPath();
            assertEquals(own.toString(), path.get(path.size() - 1));
            assertTrue(classes.server().isEmpty());
        }
    }

    @Test
    void anIsolatedLoaderSeesNothingOfTheSystemClassPathButMuster() throws Exception {
        Path own = Programs.compileWord(temp.resolve("own"), "Word", "own");
        try (URLClassLoader loader = urls(null, own);
                ChildClasses classes = find(loader, "Word")) {
            assertEquals(own.toString(), classes.classPath().get(0));
            assertTrue(classes.classPath().containsAll(OwnJars.paths()));
            assertEquals(1 + OwnJars.paths().size(), classes.classPath().size());
        }
    }

    @Test
    void aLoaderThatLooksIntoItsOwnFirstComesFirst() throws Exception {
        Path parents = Programs.compileWord(temp.resolve("parents"), "Word", "parents");
        Path own = Programs.compileWord(temp.resolve("own"), "Word", "own");
        try (URLClassLoader parent = urls(null, parents);
                URLClassLoader ownFirst = new OwnFirst(own.toUri().toURL(), parent);
                ChildClasses classes = find(ownFirst, "Word")) {
            assertEquals(
                    List.of(own.toString(), parents.toString()),
                    classes.classPath().subList(0, 2));
            assertTrue(classes.server().isPresent(), "a subclass may make classes of its own");
        }
    }

    @Test
    void aLoaderWithBytesOnlyIsServed() throws Exception {
        Path own = Programs.compileWord(temp.resolve("own"), "Word", "bytes");
        ClassLoader bytes = new MemoryLoader("Word", Files.readAllBytes(own.resolve("Word.class")));
        try (ChildClasses classes = find(bytes, "Word")) {
            ClassLoader child = new ServedClassLoader(
                    getClass().getClassLoader(), classes.server().orElseThrow());
            assertEquals("bytes", word(child));
        }
    }

    @Test
    void aLoaderThatCannotGiveItsBytesIsNamed() throws Exception {
        Path own = Programs.compileWord(temp.resolve("own"), "Word", "bytes");
        ClassLoader silent = new MemoryLoader("Word", Files.readAllBytes(own.resolve("Word.class"))) {
            @Override
            protected URL findResource(String name) {
                return null;
            }
        };
        UnreachableClassesException e = assertThrows(UnreachableClassesException.class, () -> find(silent, "Word"));
        assertTrue(e.getMessage().contains(silent.getClass().getName()), e.getMessage());
        assertTrue(e.getMessage().contains("'memory'"), e.getMessage());
    }

    @Test
    void aClassTheLoaderDoesNotHaveIsRefusedAtOnce() {
        UnreachableClassesException e = assertThrows(
                UnreachableClassesException.class, () -> find(getClass().getClassLoader(), "not.Here"));
        assertTrue(e.getMessage().contains("not.Here"), e.getMessage());
        assertTrue(e.getMessage().contains("'app'"), e.getMessage());
    }

    @Test
    void anExplicitPathGetsMusterAddedWhereItIsMissing() {
        List<String> path = ClassPathFinder.explicit(List.of("lib/a.jar")).classPath();
        assertEquals(Path.of("lib/a.jar").toAbsolutePath().toString(), path.get(0));
        assertEquals(OwnJars.paths(), path.subList(1, path.size()));
    }

    @Test
    void aManifestClassPathCountsAsThePath() throws Exception {
        Path classes = Programs.compileWord(temp.resolve("a dir"), "Word", "x");
        Path jar = Programs.jar(
                temp.resolve("booter.jar"),
                java.util.Map.of("Class-Path", classes.toUri().toString()));
        assertTrue(ClassFiles.leadsTo(List.of(jar.toString()), classes));
        assertFalse(ClassFiles.leadsTo(List.of(jar.toString()), temp));
    }

    private ChildClasses find(ClassLoader loader, String target) {
        return ClassPathFinder.find(loader, target, () -> temp);
    }

    static String word(ClassLoader loader) throws ReflectiveOperationException {
        return (String) Class.forName("Word", true, loader).getMethod("word").invoke(null);
    }

    private static URLClassLoader urls(ClassLoader parent, Path... paths) throws IOException {
        URL[] urls = new URL[paths.length];
        for (int i = 0; i < paths.length; i++) {
            urls[i] = paths[i].toUri().toURL();
        }
        return new URLClassLoader(urls, parent);
    }

    private static final class OwnFirst extends URLClassLoader {
        OwnFirst(URL url, ClassLoader parent) {
            super(new URL[] {url}, parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                try {
                    Class<?> loaded = findLoadedClass(name);
                    return loaded != null ? loaded : findClass(name);
                } catch (ClassNotFoundException e) {
                    return super.loadClass(name, resolve);
                }
            }
        }
    }
}
