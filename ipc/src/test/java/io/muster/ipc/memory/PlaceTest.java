package io.muster.ipc.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a place promises while nobody dies at an awkward moment. */
class PlaceTest {
    private final PlaceWorld world = new PlaceWorld();
    private final Place root = world.root;

    private Place joinReserved(FakeKernel.Process process, long id) {
        Place place = process.place(world.table);
        place.joinReserved(id);
        return place;
    }

    @Test
    void reservedChildIsAliveBeforeItJoinsAndAfter() {
        long id = root.reserve("worker");
        assertEquals(Judgement.ALIVE, root.judge(id));
        Place child = joinReserved(world.kernel.start(), id);
        assertEquals(id, child.self());
        assertEquals(Judgement.ALIVE, root.judge(id));
        assertEquals(Judgement.ALIVE, child.judge(root.self()));
        assertFalse(root.isDead(id));
    }

    @Test
    void childThatNeverJoinedIsDeadOnceReaped() {
        long id = root.reserve("worker");
        assertEquals(Judgement.DEAD, root.reaped(id));
        assertTrue(root.isDead(id));
        assertEquals(1, root.deaths());
        assertEquals(1, world.kernel.wakeUps());
    }

    @Test
    void reapedTwiceCountsOnce() {
        long id = root.reserve("worker");
        root.reaped(id);
        assertEquals(Judgement.DEAD, root.reaped(id));
        assertEquals(1, root.deaths());
    }

    @Test
    void reapedIsNotBelievedWhileTheChildHoldsItsLock() {
        long id = root.reserve("started by a script that has ended");
        joinReserved(world.kernel.start(), id);
        assertEquals(Judgement.ALIVE, root.reaped(id));
    }

    @Test
    void lateChildOfAGivenUpReservationIsRefused() {
        long id = root.reserve("worker");
        root.reaped(id);
        PlaceException refused = assertThrows(PlaceException.class, () -> joinReserved(world.kernel.start(), id));
        assertTrue(refused.getMessage().contains("it is dead now"), refused.getMessage());
    }

    @Test
    void partyThatIsSeenToEndIsDeadBeforeTheKernelHasDroppedItsLock() {
        FakeKernel.Process process = world.kernel.start();
        long id = world.join(process).self();
        process.end();
        assertEquals(Judgement.DEAD, root.judge(id));
        assertTrue(root.isDead(id));
        assertEquals(1, root.deaths());
        assertNotEquals(
                PartyId.slot(id), PartyId.slot(world.join(world.kernel.start()).self()), "its lock is its own");
        process.loseLocks();
        assertEquals(Judgement.DEAD, root.judge(id));
        assertEquals(1, root.deaths());
        assertEquals(
                PartyId.slot(id), PartyId.slot(world.join(world.kernel.start()).self()));
    }

    @Test
    void judgingTheOthersFindsAllWhoAreDead() {
        FakeKernel.Process first = world.kernel.start();
        FakeKernel.Process second = world.kernel.start();
        long firstId = world.join(first).self();
        long secondId = world.join(second).self();
        long living = world.join(world.kernel.start()).self();
        root.judgeOthers();
        assertEquals(0, root.deaths());
        first.kill();
        second.end();
        root.judgeOthers();
        root.judgeOthers();
        assertTrue(root.isDead(firstId) && root.isDead(secondId));
        assertFalse(root.isDead(living) || root.isDead(root.self()));
        assertEquals(2, root.deaths());
    }

    @Test
    void reservationDiesWithItsReserver() {
        FakeKernel.Process process = world.kernel.start();
        long id = world.join(process).reserve("grandchild");
        process.kill();
        assertEquals(Judgement.DEAD, root.judge(id));
        assertThrows(PlaceException.class, () -> joinReserved(world.kernel.start(), id));
    }

    @Test
    void partyThatLostItsLockByAccidentIsAliveAsLongAsItRuns() {
        FakeKernel.Process process = world.kernel.start();
        long id = world.join(process).self();
        process.loseLocks();
        assertEquals(Judgement.ALIVE, root.judge(id));
        assertEquals(0, root.deaths());
        process.kill();
        assertEquals(Judgement.DEAD, root.judge(id));
    }

    @Test
    void slotOfADeadPartyIsTakenAgainUnderAnotherIdAndTheOldOneStaysDead() {
        FakeKernel.Process process = world.kernel.start();
        long old = world.join(process).self();
        process.kill();
        while (true) {
            long id = root.reserve("newcomer");
            assertNotEquals(old, id);
            if (PartyId.slot(id) == PartyId.slot(old)) {
                break;
            }
        }
        assertTrue(root.isDead(old));
        assertEquals(Judgement.DEAD, root.judge(old));
        assertEquals(1, root.deaths());
    }

    @Test
    void fullTableSaysSo() {
        for (int i = 1; i < PlaceWorld.CAPACITY; i++) {
            root.reserve("worker-" + i);
        }
        PlaceException full = assertThrows(PlaceException.class, () -> root.reserve("one more"));
        assertTrue(full.getMessage().contains("all 4 slots"), full.getMessage());
    }

    @Test
    void nobodyIsWokenBeforeSomebodyAskedWhereToSleep() {
        world.table.putIntVolatile(PlaceLayout.WATCHED, 0);
        root.reaped(root.reserve("worker"));
        assertEquals(0, world.kernel.wakeUps());
        assertEquals(PlaceLayout.DEATHS, root.deathsOffset());
        root.reaped(root.reserve("worker"));
        assertEquals(1, world.kernel.wakeUps());
    }

    @Test
    void namesAreCutAtACharacter() {
        String name = "x" + "ä".repeat(40);
        long id = root.reserve(name);
        assertEquals("'x" + "ä".repeat(31) + "' (reserved)", root.describe(id));
    }

    @Test
    void tableNamesItsParties() {
        long id = root.reserve("worker-1");
        List<Party> parties = root.parties();
        assertEquals(2, parties.size());
        assertEquals("root", parties.get(0).name());
        assertEquals(new Party(id, "worker-1", 0, "reserved", root.self()), parties.get(1));
    }

    @Test
    void whatIsNoIdIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> root.isDead(PartyId.NOBODY));
        assertThrows(IllegalArgumentException.class, () -> root.judge(PartyId.CLOSED));
        assertThrows(IllegalArgumentException.class, () -> root.reaped(PartyId.of(PlaceWorld.CAPACITY, 1)));
        assertThrows(NullPointerException.class, () -> root.reserve(null));
    }

    @Test
    void interruptIsNeitherLostNorInTheWay() {
        Thread.currentThread().interrupt();
        long id = root.reserve("worker");
        joinReserved(world.kernel.start(), id);
        assertEquals(Judgement.ALIVE, root.reaped(id), "waits its 50 ms and gives up");
        assertTrue(Thread.interrupted());
    }
}
