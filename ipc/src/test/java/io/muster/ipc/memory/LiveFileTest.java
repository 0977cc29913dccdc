package io.muster.ipc.memory;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveFileTest {
    @TempDir
    Path dir;

    @Test
    void lockIsHadOnceUntilItIsGivenBack() throws Exception {
        try (LiveFile file = LiveFile.create(dir)) {
            assertTrue(file.tryLock(5));
            assertFalse(file.tryLock(5));
            assertTrue(file.tryLock(6));
            file.unlock(5);
            assertTrue(file.tryLock(5));
        }
    }

    @Test
    void interruptedThreadCanLockAndUnlockWithoutClosingTheFile() throws Exception {
        try (LiveFile file = LiveFile.create(dir)) {
            Thread.currentThread().interrupt();
            assertTrue(file.tryLock(0));
            file.unlock(0);
            assertTrue(file.tryLockPlaceShared());
            file.unlockPlace();
            assertTrue(file.tryLockPlaceExclusive());
            assertTrue(Thread.interrupted());
            assertTrue(file.tryLock(1));
        }
    }

    @Test
    void missingFileIsNotMade() {
        assertThrows(NoSuchFileException.class, () -> LiveFile.open(dir));
        assertFalse(dir.resolve(LiveFile.NAME).toFile().exists());
    }

    @Test
    void secondCopyOfMusterInTheSameJvmIsRefused() throws Exception {
        JoinedPlaces.add(dir);
        try (URLClassLoader other = new URLClassLoader(classPath(), null)) {
            Class<?> copy = other.loadClass(JoinedPlaces.class.getName());
            var add = copy.getDeclaredMethod("add", Path.class);
            add.setAccessible(true);
            Exception refused = assertThrows(Exception.class, () -> add.invoke(null, dir));
            String message = refused.getCause().getMessage();
            assertTrue(message.contains("another copy of Muster") && message.contains(dir.toString()), message);
        } finally {
            JoinedPlaces.remove(dir);
        }
        assertFalse(JoinedPlaces.contains(dir));
    }

    private static URL[] classPath() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(new URL[0]);
    }
}
