package io.muster.ipc.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where sessions may lie, and in whose hands. */
class BaseDirectoryTest {
    @TempDir
    Path parent;

    private String before;
    private Path base;

    @BeforeEach
    void choose() throws IOException {
        before = System.setProperty(BaseDirectory.PROPERTY, parent.toString());
        base = parent.toRealPath().resolve("muster-" + Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(BaseDirectory.PROPERTY);
        } else {
            System.setProperty(BaseDirectory.PROPERTY, before);
        }
    }

    private static String refusal() {
        return assertThrows(PlaceException.class, () -> BaseDirectory.choose(BaseDirectory.candidates()))
                .getMessage();
    }

    @Test
    void isMadeForItsOwnerOnlyAndFoundAgain() throws IOException {
        assertEquals(base, BaseDirectory.choose(BaseDirectory.candidates()));
        assertEquals(PosixFilePermissions.fromString("rwx------"), Files.getPosixFilePermissions(base));
        assertEquals(base, BaseDirectory.choose(BaseDirectory.candidates()));
    }

    @Test
    void withoutThePropertyItIsInSharedMemoryOrElseInTheTempDirectory() {
        System.clearProperty(BaseDirectory.PROPERTY);
        List<BaseDirectory> candidates = BaseDirectory.candidates();
        assertTrue(candidates.get(0).path().startsWith("/dev/shm"));
        assertTrue(candidates.get(1).path().getFileName().toString().startsWith("muster-"));
    }

    @Test
    void foreignHandsAreRefusedByName() throws IOException {
        Superuser.assumeRoot("give a directory to somebody else");
        Files.createDirectory(base);
        Superuser.must("chown", "nobody", base.toString());
        String refusal = refusal();
        assertTrue(refusal.contains("belongs to user nobody"), refusal);
        assertTrue(refusal.contains("-Dmuster.dir=DIR"), refusal);
    }

    @Test
    void directoryOpenToOthersIsRefused() throws IOException {
        Files.createDirectory(base);
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxr-x---"));
        String refusal = refusal();
        assertTrue(refusal.contains("mode 750") && refusal.contains("chmod 700"), refusal);
    }

    @Test
    void linkIsRefusedEvenToADirectoryOfOurs() throws IOException {
        Path ours = Files.createDirectory(
                parent.resolve("ours"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createSymbolicLink(base, ours);
        assertTrue(refusal().contains("not a directory but a link"), refusal());
    }

    @Test
    void missingParentIsRefusedByName() {
        System.setProperty(BaseDirectory.PROPERTY, parent.resolve("missing").toString());
        assertTrue(refusal().contains(parent.resolve("missing").toString()), refusal());
    }

    @Test
    void unusablePlaceIsNotLookedIntoForDeadSessions() throws IOException {
        Path ours = Files.createDirectory(parent.resolve("ours"));
        Files.createDirectory(ours.resolve("session-1-1-x"));
        Files.createSymbolicLink(base, ours);
        assertEquals(List.of(), SessionDirectory.findStale());
    }
}
