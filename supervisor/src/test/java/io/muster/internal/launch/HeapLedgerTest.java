package io.muster.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Who has what of the memory. */
class HeapLedgerTest {
    private static final long MIB = 1L << 20;

    private final HeapShare share = new HeapShare(8000 * MIB, 1000 * MIB, 2);
    private final HeapLedger ledger = new HeapLedger(share);

    private static LaunchSpec spec(Family family, long heapBytes) {
        return LaunchSpec.builder().family(family).heapBytes(heapBytes).build("child");
    }

    @Test
    void aFamilyIsEnteredWholeAtItsFirstMembersStart() {
        Family first = new Family(3);
        Family second = new Family(2);
        long each = ledger.enter("1-1", spec(first, 0));
        assertEquals(share.ofFamily(3, 0), each);
        assertEquals(share.ofFamily(2, 3 * each), ledger.enter("2-1", spec(second, 0)));
        assertEquals(each, ledger.enter("1-2", spec(first, 0)));
    }

    @Test
    void aReplacementHasTheHeapOfItsPredecessorUntilTheFamilyEnds() {
        Family family = new Family(1);
        long each = ledger.enter("worker", spec(family, 0));
        ledger.leave("worker");
        ledger.enter("other", spec(null, 0));
        assertEquals(each, ledger.enter("its successor", spec(family, 0)));
        ledger.leave(family);
        ledger.leave("other");
        assertEquals(each, ledger.enter("worker of the next pool", spec(new Family(1), 0)));
    }

    @Test
    void whatWasAskedForIsGivenAndCounts() {
        assertEquals(20 * MIB, ledger.enter("small", spec(null, 20 * MIB)));
        assertEquals(5000 * MIB, ledger.enter("large", spec(null, 5000 * MIB)));
        assertEquals(share.ofSingle(2, 5020 * MIB), ledger.enter("rest", spec(null, 0)));
        ledger.leave("large");
        assertEquals(
                share.ofFamily(2, 20 * MIB + share.ofSingle(2, 5020 * MIB)), ledger.enter("a", spec(new Family(2), 0)));
    }

    @Test
    void anEndedChildLeavesItsShareToTheNext() {
        long first = ledger.enter("first", spec(null, 0));
        ledger.leave("first");
        ledger.leave("first");
        assertEquals(first, ledger.enter("second", spec(null, 0)));
    }
}
