package io.muster.ipc.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a journal whose files a disaster has been at. The limit is half of what Chronicle waits for a maker. */
@Timeout(5)
class DamagedFilesTest {
    private static final int ENTRIES = 300;

    @TempDir
    Path temp;

    private Path path;
    private Path table;
    private Path entries;

    private interface Change {
        void to(RandomAccessFile file) throws IOException;
    }

    /** What no use of a journal, no kill and no loss of power leaves. */
    private enum Damage implements Change {
        GARBAGE(file -> {
            byte[] garbage = new byte[8_192];
            new Random(1).nextBytes(garbage);
            file.write(garbage);
        }),
        TEXT(file -> file.writeBytes("Dear reader, this is no journal. ".repeat(300))),
        CUT_AFTER_3(file -> file.setLength(3)),
        CUT_AFTER_7(file -> file.setLength(7)),
        CUT_IN_THE_HEADER(file -> file.setLength(100)),
        WRONG_TYPE(file -> {
            file.seek(14);
            file.writeBytes("X");
        }),
        HEADER_SAID_TO_BE_BEGUN(file -> {
            file.seek(3);
            int highest = file.read();
            file.seek(3);
            file.write(highest | 0x80);
        }),
        BEGINNING_ZEROED(file -> file.write(new byte[32]));

        private final Change change;

        Damage(Change change) {
            this.change = change;
        }

        @Override
        public void to(RandomAccessFile file) throws IOException {
            change.to(file);
        }
    }

    @BeforeEach
    void fill() throws IOException {
        path = temp.resolve("journal");
        table = path.resolve("entries").resolve(LogFiles.TABLE);
        try (Topic<String> topic = open()) {
            for (int i = 0; i < ENTRIES; i++) {
                topic.append("entry " + i);
            }
        }
        try (Stream<Path> files = Files.list(path.resolve("entries"))) {
            entries = files.filter(each -> each.toString().endsWith(ChronicleLog.FILE_END))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Topic<String> open() {
        return Topic.open(path, String.class);
    }

    private static void change(Path file, Change change) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            change.to(open);
        }
    }

    private void assertTold(Path file, String advice) {
        String message = assertThrows(JournalException.class, this::open).getMessage();
        assertTrue(message.contains(file.toString()) && message.contains(advice), message);
    }

    private void assertWhole() {
        try (Topic<String> topic = open();
                Subscriber<String> all = topic.subscribe(Start.beginning())) {
            topic.append("entry " + ENTRIES);
            assertEquals(ENTRIES + 1, topic.count());
            for (int i = 0; i <= ENTRIES; i++) {
                assertEquals("entry " + i, all.poll());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedTableIsToldAndMayBeDeleted(Damage damage) throws Exception {
        change(table, damage);
        assertTold(table, "Delete it");
        Files.delete(table);
        assertWhole();
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedFileOfEntriesIsToldAndMayBeMovedAway(Damage damage) throws Exception {
        change(entries, damage);
        assertTold(entries, "Move it away");
        Files.delete(entries);
        try (Topic<String> topic = open()) {
            topic.append("a");
            assertEquals(1, topic.count());
        }
    }

    @Test
    void anItemOfTheTableIsDamaged() throws Exception {
        change(table, file -> {
            file.seek(200);
            file.writeBytes("this does not belong here, nor there");
        });
        assertTold(table, "Delete it");
    }

    /** Nobody could read what would be appended behind the gap. */
    @ParameterizedTest
    @ValueSource(ints = {4_096, 70_000, 76_000})
    void aFileOfEntriesIsCutOffInTheMiddle(int bytes) throws Exception {
        change(entries, file -> file.setLength(bytes));
        assertTold(entries, "cut off");
        change(entries, file -> file.setLength(80 << 20));
        assertTold(entries, "its last entry is missing");
    }

    @Test
    void aDirectoryStandsWhereAFileShould() throws Exception {
        Files.delete(table);
        Files.createDirectory(table);
        assertTold(table, "is no file");
        Files.delete(table);
        Files.delete(entries);
        Files.createDirectory(entries);
        assertTold(entries, "is no file");
    }

    @Test
    void aFileStandsWhereADirectoryShould() throws Exception {
        Files.move(path.resolve("entries"), temp.resolve("away"));
        Files.createFile(path.resolve("entries"));
        assertTold(path.resolve("entries"), "cannot be used");
    }

    @Test
    void aFileIsClosedToThisUser() throws Exception {
        Assumptions.assumeFalse("root".equals(System.getProperty("user.name")), "nothing is closed to root");
        for (Path file : new Path[] {table, entries}) {
            for (String mode : new String[] {"---------", "r--------"}) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
                assertTold(file, "cannot be read and written");
            }
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        assertWhole();
    }

    /** A table that was lost, or whose maker was killed when he began with it: all that counts is in the other files. */
    @Test
    void aTableThatIsEmptyOrBegunIsMadeAgain() throws Exception {
        for (Change each : new Change[] {
            file -> file.setLength(0),
            file -> {
                file.setLength(0);
                file.setLength(131_072);
            },
            file -> {
                file.setLength(0);
                file.setLength(131_072);
                file.writeInt(0x80);
            },
            file -> {
                file.seek(0x1c0); // The last item: its maker was killed.
                file.writeInt(0x80);
            },
            file -> {
                file.seek(0x108); // The lock.
                file.writeInt(0x80);
                file.write(new byte[0x100]);
            }
        }) {
            change(table, each);
            open().close();
        }
        assertWhole();
    }
}
