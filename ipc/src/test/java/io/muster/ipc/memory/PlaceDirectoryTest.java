package io.muster.ipc.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Places by name and by directory, and what is refused as one. */
class PlaceDirectoryTest {
    @TempDir
    Path temp;

    private final String before = System.getProperty(BaseDirectory.PROPERTY);

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(BaseDirectory.PROPERTY);
        } else {
            System.setProperty(BaseDirectory.PROPERTY, before);
        }
    }

    private static String refusal(Path directory) {
        return assertThrows(SegmentException.class, () -> PlaceDirectory.open(directory))
                .getMessage();
    }

    @Test
    void newDirectoryBecomesAPlaceForItsOwnerOnly() throws IOException {
        Path path = temp.resolve("orders");
        PlaceDirectory place = PlaceDirectory.open(path);
        assertEquals(path.toRealPath(), place.path());
        assertEquals(PosixFilePermissions.fromString("rwx------"), Files.getPosixFilePermissions(path));
        assertTrue(PlaceDirectory.isPlace(path));
        assertFalse(PlaceDirectory.isPlace(temp));
        assertEquals(1, place.place().parties().size());
    }

    @Test
    void jvmTakesPartOnceHoweverOftenItOpensIt() throws IOException {
        Path path = temp.resolve("orders");
        PlaceDirectory place = PlaceDirectory.open(path);
        Files.createSymbolicLink(temp.resolve("link"), path);
        assertSame(place, PlaceDirectory.open(path));
        assertSame(place, PlaceDirectory.open(temp.resolve("link")));
        assertSame(place, PlaceDirectory.open(temp.resolve("link").resolve("..").resolve("orders")));
        assertSame(place, PlaceDirectory.join(path));
        assertEquals(1, place.place().parties().size());
    }

    @Test
    void byNameItLiesBesideTheSessionsAndIsFoundAgain() {
        System.setProperty(BaseDirectory.PROPERTY, temp.toString());
        PlaceDirectory place = PlaceDirectory.open("Größe / 2");
        assertEquals(
                "place-Gr%C3%B6%C3%9Fe%20%2F%202", place.path().getFileName().toString());
        assertTrue(place.path().startsWith(temp));
        assertSame(place, PlaceDirectory.open("Größe / 2"));
    }

    @Test
    void emptyDirectoryThatIsThereIsTakenAndOneWithFilesIsNot() throws IOException {
        Path empty = Files.createDirectory(temp.resolve("empty"), ownerOnly());
        assertTrue(PlaceDirectory.open(empty).isThere());
        Path full = Files.createDirectory(temp.resolve("full"), ownerOnly());
        Files.createFile(full.resolve("thesis.tex"));
        assertTrue(refusal(full).contains("holds 1 files and is no place"), refusal(full));
        assertEquals(List.of("thesis.tex"), List.of(full.toFile().list()));
    }

    private static FileAttribute<?> ownerOnly() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void whatIsNoPlaceIsNotJoined() {
        Path missing = temp.resolve("missing");
        String refused = assertThrows(PlaceException.class, () -> PlaceDirectory.join(missing))
                .getMessage();
        assertTrue(refused.contains("there is no place at " + missing), refused);
        assertFalse(Files.exists(missing));
        assertTrue(refusal(missing.resolve("deeper").resolve("still")).contains("there is no directory"));
    }

    @Test
    void directoryOpenToOthersIsRefused() throws IOException {
        Path open = Files.createDirectory(temp.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertTrue(refusal(open).contains("chmod 700"), refusal(open));
    }

    @Test
    void foreignHandsAreRefusedByName() throws IOException {
        Superuser.assumeRoot("give a directory to somebody else");
        Path foreign = Files.createDirectory(temp.resolve("foreign"), ownerOnly());
        Superuser.must("chown", "nobody", foreign.toString());
        assertTrue(refusal(foreign).contains("belongs to user nobody"), refusal(foreign));
    }

    @Test
    void foreignTableIsRefusedByName() throws IOException {
        Superuser.assumeRoot("give a file to somebody else");
        Path path = madeByAnother("foreign-table");
        Superuser.must("chown", "nobody", path.resolve(TableFile.NAME).toString());
        assertTrue(refusal(path).contains("table belongs to user nobody"), refusal(path));
    }

    /** A place that another process has made and left. */
    private Path madeByAnother(String name) {
        Path path = temp.resolve(name);
        try (TestJvm jvm = TestJvm.start(temp)) {
            assertEquals("ok", jvm.ask("place " + path));
        }
        return path;
    }

    @Test
    void truncatedTableIsRefused() throws IOException {
        Path path = madeByAnother("truncated");
        try (RandomAccessFile file =
                new RandomAccessFile(path.resolve(TableFile.NAME).toFile(), "rw")) {
            file.setLength(5000);
        }
        assertTrue(refusal(path).contains("it has 5000 bytes, its header promises"), refusal(path));
    }

    @Test
    void tableOfAnotherVersionIsRefused() throws IOException {
        Path path = madeByAnother("newer");
        try (RandomAccessFile file =
                new RandomAccessFile(path.resolve(TableFile.NAME).toFile(), "rw")) {
            file.seek(SegmentHeader.VERSION);
            file.write(9);
        }
        assertTrue(refusal(path).contains("another version of Muster made it"), refusal(path));
    }

    @Test
    void sessionIsNoPlace() {
        try (TestJvm jvm = TestJvm.start(temp)) {
            Path session = Path.of(jvm.ask("path"));
            assertTrue(refusal(session).contains("is the session of a tree of processes"), refusal(session));
        }
    }

    @Test
    void noSweepEverTouchesAPlace() throws IOException {
        Path path = madeByAnother("kept");
        Path base = Path.of(temp.toRealPath() + "/muster-" + Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        Files.createDirectories(base);
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwx------"));
        Path named = Files.move(path, base.resolve("place-kept"));
        Path likeASession = Files.move(madeByAnother("kept"), base.resolve("session-1-1-kept"));
        System.setProperty(BaseDirectory.PROPERTY, temp.toString());
        assertEquals(List.of(), SessionDirectory.sweepStale(false));
        assertTrue(PlaceDirectory.isPlace(named));
        assertTrue(PlaceDirectory.isPlace(likeASession));
        assertNull(Sweeper.ofThisProcess().sweep(named, false));
    }

    @Test
    void twoProcessesThatMakeItAtOnceMeet() {
        for (int i = 0; i < 3; i++) {
            Path path = temp.resolve("race-" + i);
            try (TestJvm first = TestJvm.start(temp);
                    TestJvm second = TestJvm.start(temp)) {
                first.send("place " + path);
                second.send("place " + path);
                assertEquals("ok", first.readLine());
                assertEquals("ok", second.readLine());
                String ids = first.ask("place-parties " + path);
                assertEquals(ids, second.ask("place-parties " + path));
                assertEquals(2, ids.split(",").length, ids);
            }
        }
    }

    @Test
    void killedPartyIsDeadToTheOthersAndThePlaceGoesOn() {
        Path path = temp.resolve("goes-on");
        PlaceDirectory place = PlaceDirectory.open(path);
        long victim;
        try (TestJvm jvm = TestJvm.start(temp)) {
            jvm.ask("place " + path);
            victim = jvm.askNumber("place-self " + path);
            assertEquals(Judgement.ALIVE, place.place().judge(victim));
            jvm.killAndAwaitEnd();
        }
        assertEquals(Judgement.DEAD, place.place().judge(victim));
        place.force();
    }

    @Test
    void fullDirectoryIsRefusedWithTheNumbers() throws IOException {
        Superuser.assumeAble(
                "mount a small tmpfs", "mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "muster-test", temp + "");
        try {
            String refused = refusal(temp.resolve("tight"));
            assertTrue(refused.contains("asked for") && refused.contains("65536"), refused);
        } finally {
            Superuser.run("umount", "-l", temp.toString());
        }
    }
}
