package io.muster.ipc.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/** A place with four slots, its root process, and what must be true of it after any deaths. */
final class PlaceWorld {
    static final int CAPACITY = 4;

    final FakeKernel kernel = new FakeKernel();
    final Memory table;
    final FakeKernel.Process rootProcess = kernel.start();
    final Place root;

    /** Ids that were given out, or seen in the table: none may ever be given out again. */
    private final Set<Long> usedIds = new HashSet<>();

    PlaceWorld() {
        int bytes = (int) PlaceLayout.bodyBytes(CAPACITY);
        table = Memory.wrap(ByteBuffer.allocateDirect(bytes + 8).alignedSlice(8));
        PartyTable.format(table, CAPACITY, 2, rootProcess.self());
        root = rootProcess.place(table);
        rootProcess.tryLockPlaceShared();
        root.join("root");
        root.deathsOffset();
        noteIds();
    }

    /** A process that takes a slot of its own. */
    Place join(FakeKernel.Process process) {
        Place place = process.place(table);
        process.tryLockPlaceShared();
        place.join("joined");
        noteIds();
        return place;
    }

    void noteIds() {
        for (int slot = 0; slot < CAPACITY; slot++) {
            long incarnation = PlaceLayout.incarnation(table.getLongVolatile(PlaceLayout.slot(slot)));
            if (incarnation != 0) {
                usedIds.add(PartyId.of(slot, incarnation));
            }
        }
    }

    long stateOf(long id) {
        return table.getLongVolatile(PlaceLayout.slot(PartyId.slot(id)));
    }

    void assertPublishedDead(long id) {
        assertTrue(root.isDead(id), () -> "not published dead: " + root.describe(id));
    }

    /** The living are judged alive by everybody; all other slots can be taken, with ids never seen before. */
    void assertSound(long... living) {
        noteIds();
        for (long id : living) {
            assertEquals(Judgement.ALIVE, root.judge(id), () -> "judged by the root: " + root.describe(id));
        }
        Set<Long> taken = new HashSet<>();
        for (int i = living.length; i < CAPACITY; i++) {
            long id = root.reserve("newcomer");
            assertTrue(taken.add(id) && !usedIds.contains(id), "an id was given out twice: " + id);
        }
        assertThrows(PlaceException.class, () -> root.reserve("one too many"));
        for (long id : living) {
            assertEquals(Judgement.ALIVE, root.judge(id), "still alive");
        }
    }
}
