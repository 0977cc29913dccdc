package io.muster.ipc.internal.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.WrongObjectException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects made once by name, found by all, and removed for all. */
class NamedCellsTest {
    private static final int SEGMENT_HEADER_BYTES = 64;

    @TempDir
    Path temp;

    private NamedWorld world;
    private NamedWorld.Party first;
    private NamedWorld.Party second;

    @BeforeEach
    void join() {
        world = new NamedWorld(temp.resolve("place"));
        first = world.survivor;
        second = world.join();
    }

    @Test
    void firstMakesItAndAllFindIt() {
        assertEquals(7, first.open("answer", 7).value());
        assertEquals(7, second.open("answer", 8).value(), "the second one's value counts for nothing");
        assertSame(first.open("answer", 7), first.open("answer", 7), "one for all handles of a process");
        assertEquals(List.of("data~1.x", "named~answer~"), world.files());
    }

    @Test
    void anyTextIsAName() {
        List<String> names = List.of("a/b", "a", "A", "..", "\0", "größer als 猫", "~", "a~-128-1-");
        for (String name : names) {
            first.open(name, name.hashCode());
        }
        for (String name : names) {
            assertEquals(name.hashCode(), second.open(name, 0).value(), name);
        }
        assertEquals(
                names.stream().sorted().toList(),
                second.names.list().stream().map(NamedObject::name).toList());
        assertThrows(IllegalArgumentException.class, () -> first.open("x".repeat(161), 1));
        assertThrows(NullPointerException.class, () -> first.open(null, 1));
    }

    @Test
    void otherTypesAndKindsAreRefusedAndBothAreNamed() {
        first.open("n", 1);
        String refused = assertThrows(
                        WrongObjectException.class, () -> second.names.open("n", second.spec("Number<Long>", 1)))
                .getMessage();
        assertTrue(refused.contains("'n'") && refused.contains("is a Number, made by process "), refused);
        assertTrue(refused.contains("asked for as a Number<Long>"), refused);
        NamedSpec otherKind = new NamedSpec(NamedWorld.KIND + 1, NamedWorld.VERSION, "Number", 8, cell -> {});
        assertThrows(WrongObjectException.class, () -> second.names.open("n", otherKind));
        NamedSpec otherVersion = new NamedSpec(NamedWorld.KIND, 9, "Number", 8, cell -> {});
        refused = assertThrows(CorruptSegmentException.class, () -> second.names.open("n", otherVersion))
                .getMessage();
        assertTrue(refused.contains("layout version 1; this program knows version 9"), refused);
        assertEquals(1, second.open("n", 2).value(), "nothing was changed");
    }

    @Test
    void removedIsClosedForAllAndTheNameIsFree() {
        NamedWorld.Core before = first.open("n", 1);
        CellRef old = first.names.find("n").orElseThrow().ref();
        NamedWorld.Core beside = second.open("n", 1);
        assertTrue(second.remove("n"));
        assertThrows(ClosedObjectException.class, before::value);
        assertThrows(ClosedObjectException.class, beside::value);
        assertEquals(List.of(), world.files());
        assertFalse(second.remove("n"));
        assertEquals(List.of(), second.names.list());
        assertEquals(2, first.open("n", 2).value());
        assertEquals(2, second.open("n", 3).value(), "not the file of before, which this process still maps");
        assertThrows(ClosedObjectException.class, () -> second.attach(old), "a handle to the old one");
        assertNotEquals(old, first.names.find("n").orElseThrow().ref());
    }

    @Test
    void whatThisProgramDoesNotKnowIsRemovedByItsCellAlone() {
        NamedWorld.Core core = first.open("n", 1);
        assertTrue(second.names.remove("n", object -> List.of()));
        assertThrows(ClosedObjectException.class, core::value);
        assertEquals(List.of(), world.files());
    }

    @Test
    void formatThatThrowsLeavesNothing() {
        NamedSpec spec = new NamedSpec(NamedWorld.KIND, NamedWorld.VERSION, "Number", 8, cell -> {
            first.spec("Number", 1).format().accept(cell);
            throw new IllegalStateException("by a test");
        });
        assertThrows(IllegalStateException.class, () -> first.names.open("n", spec));
        assertEquals(List.of(), world.files());
    }

    @Test
    void removalOfOneLeavesOthersWithNamesLikeIt() {
        first.open("n", 1);
        first.open("n~", 2);
        first.open("n-128-1-x", 3);
        for (int i = 0; i < 20; i++) {
            first.open("many" + i, i);
        }
        first.remove("n");
        assertEquals(2, first.open("n~", 0).value());
        assertEquals(3, first.open("n-128-1-x", 0).value());
        assertEquals(2 * 22, world.files().size(), () -> world.files().toString());
    }

    @Test
    void damagedFileIsRefusedAndNotListed() throws IOException {
        first.open("cut", 1);
        first.open("whole", 1);
        try (RandomAccessFile file =
                new RandomAccessFile(world.directory.resolve("named~cut~").toFile(), "rw")) {
            file.setLength(100);
        }
        assertThrows(CorruptSegmentException.class, () -> second.open("cut", 1));
        assertEquals(1, second.names.list().size());
    }

    /** Another version of the library may read it: its data is not rubbish. */
    @Test
    void dataOfAnObjectThatCannotBeReadHereIsNotSweptAway() throws IOException {
        first.open("foreign", 1);
        try (RandomAccessFile file =
                new RandomAccessFile(world.directory.resolve("named~foreign~").toFile(), "rw")) {
            file.seek(SEGMENT_HEADER_BYTES + NamedLayout.FORMAT);
            file.write(NamedLayout.FORMAT_NOW + 1);
        }
        assertThrows(CorruptSegmentException.class, () -> second.open("foreign", 1));
        world.makeAllOld();
        second.names.removeOrphans();
        assertEquals(List.of("data~1.x", "named~foreign~"), world.files());
    }

    @Test
    void whoRemovesItAtTheSameMomentAsAnotherFindsItRemoved() {
        first.open("n", 1);
        SharedCore core = second.open("n", 1);
        SharedCore late = new SharedCore(second.participant, core.cell()) {
            @Override
            protected void retire() {
                assertTrue(first.remove("n"));
                cell().checkOpen();
            }
        };
        assertTrue(second.names.remove("n", object -> List.of(late)));
        assertEquals(List.of(), world.files());
    }

    /** Names may be used once each, as those of latches are. */
    @Test
    void removedObjectsDoNotStayMapped() {
        for (int i = 0; i < 300; i++) {
            NamedWorld.Core core = first.open("n" + i, i);
            assertEquals(i, second.open("n" + i, 0).value());
            if (i % 2 == 0) {
                first.remove("n" + i);
            } else {
                first.names.remove("n" + i, object -> List.of());
            }
            assertThrows(ClosedObjectException.class, core::value);
        }
        assertTrue(first.participant.knownObjects() < 130, () -> first.participant.knownObjects() + " in the one");
        assertTrue(second.participant.knownObjects() < 130, () -> second.participant.knownObjects() + " in the other");
    }

    @Test
    void bytesCountAllFiles() throws IOException {
        first.open("n", 1);
        NamedObject object = first.names.find("n").orElseThrow();
        long own = object.bytes();
        try (RandomAccessFile file =
                new RandomAccessFile(world.directory.resolve("data~1.x").toFile(), "rw")) {
            file.setLength(1000);
        }
        assertEquals(own + 1000, object.bytes());
        assertEquals(ProcessHandle.current().pid(), object.makerPid());
    }
}
