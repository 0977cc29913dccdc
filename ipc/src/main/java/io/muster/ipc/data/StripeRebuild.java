package io.muster.ipc.data;

import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.NoSpaceException;
import io.muster.ipc.memory.SegmentException;
import java.lang.invoke.VarHandle;

/**
 * Copies what is alive in a stripe into another segment, larger or smaller, and makes that the one that counts by one store.
 *
 * <p>The former segment is kept as the spare if the next rebuild can use it, as it can where values are replaced all the time:
 * such a map goes to and fro between two files and gives the system nothing to do. Otherwise it is unlinked, and its memory is
 * given back when the processes that have mapped it have moved on. A reader that is still in a segment which is filled anew
 * finds by CUR that what it read means nothing.
 */
final class StripeRebuild {
    /** A segment of more is rebuilt into a smaller one if it holds less than an eighth of its size. */
    private static final long SMALL_BYTES = 64 * 1024;

    private static final int SPARE_AT_MOST_TIMES = 2;
    private static final int PAGE = 4096;
    /** What a segment's own header takes of its first page. */
    private static final int SEGMENT_HEADER = 64;

    private StripeRebuild() {}

    /**
     * By the lock's holder.
     *
     * @param needBytes room that one more entry needs, besides room for growth
     * @throws NoSpaceException if there is no room; then nothing was changed
     */
    static void rebuild(Stripe stripe, long needBytes) {
        StripeExpiry.dropIfDue(stripe);
        StripeRepair.repairIfImpossible(stripe);
        StripeTable old = stripe.current();
        long entries = stripe.header.count();
        long live = old == null ? 0 : old.live();
        long heap = StripeLayout.heapFor(live, needBytes);
        long slots = StripeLayout.slotsFor(entries, old == null ? stripe.map.firstBytes() : heap);
        long bytes = round(Math.max(stripe.map.firstBytes(), StripeLayout.heap(slots) + heap));
        if (old == null) {
            bytes = round(Math.max(stripe.map.firstBytes(), StripeLayout.heap(slots) + needBytes));
        }
        try {
            into(stripe, old, bytes, slots);
        } catch (NoSpaceException e) {
            long fewest = StripeLayout.slotsFor((entries + 1) / 2, needBytes);
            long least = round(StripeLayout.heap(fewest) + live + needBytes);
            if (old == null || least >= bytes) {
                throw e;
            }
            into(stripe, old, least, fewest);
        }
    }

    /** Sizes come in steps, so that a spare fits more often. */
    private static long round(long bodyBytes) {
        long file = bodyBytes + SEGMENT_HEADER;
        long step = Math.max(Long.highestOneBit(file) / 4, file <= PAGE ? 256 : PAGE);
        return (file + step - 1) / step * step - SEGMENT_HEADER;
    }

    private static void into(Stripe stripe, StripeTable old, long bytes, long slots) {
        StripeHeader header = stripe.header;
        long cur = header.cur();
        StripeSegment spare = spare(stripe);
        boolean useSpare = spare != null
                && spare.memory().size() >= bytes
                && spare.memory().size() <= bytes * SPARE_AT_MOST_TIMES;
        StripeSegment target =
                useSpare ? spare : stripe.map.files().createSegment(stripe.index, MapLayout.nextFile(cur), bytes);
        stripe.beginChange();
        VarHandle.fullFence();
        if (useSpare) {
            target.memory().setZero(StripeLayout.FIRST_SLOT, slots * Long.BYTES);
        }
        StripeTable table = fill(stripe, old, target, MapLayout.next(cur, target.file()), slots);
        publish(stripe, cur, table);
        // From here on slow readers of the former segment find out; only then may its bytes change.
        VarHandle.fullFence();
        retire(stripe, old, spare, target);
        stripe.setCurrent(table);
        stripe.endChange();
    }

    private static StripeSegment spare(Stripe stripe) {
        try {
            return stripe.spare();
        } catch (SegmentException e) {
            // It is only a spare: without it a new file is made.
            stripe.header.setSpare(0);
            return null;
        }
    }

    private static void publish(Stripe stripe, long cur, StripeTable table) {
        try {
            stripe.publishCur(cur, table.cur);
        } catch (ClosedObjectException e) {
            stripe.map.files().removeSegment(stripe.index, table.segment.file());
            throw e;
        }
    }

    private static StripeTable fill(Stripe stripe, StripeTable old, StripeSegment target, long cur, long slots) {
        Memory memory = target.memory();
        memory.putLongRelease(StripeLayout.SLOTS, slots);
        StripeTable table = StripeTable.over(cur, target);
        long bump = StripeLayout.heap(slots);
        byte[] buffer = null;
        long used = 0;
        for (int slot = 0; old != null && slot < old.slots(); slot++) {
            long word = old.slotWord(slot);
            if (StripeLayout.isEntry(word)) {
                long entry = StripeLayout.entryOf(word);
                int bytes = Math.toIntExact(old.checkedEntryBytes(entry));
                if (++used >= slots) {
                    throw new CorruptSegmentException(
                            stripe + " has more than the " + stripe.header.count() + " entries that were counted");
                }
                buffer = buffer == null || buffer.length < bytes ? new byte[Math.max(bytes, 1024)] : buffer;
                old.memory.getBytes(entry, buffer, 0, bytes);
                memory.putBytes(bump, buffer, 0, bytes);
                insert(stripe, table, bump);
                bump += bytes;
            }
        }
        table.setBump(bump);
        table.setLive(bump - StripeLayout.heap(slots));
        table.setUsed(used);
        return table;
    }

    private static void insert(Stripe stripe, StripeTable table, long entry) {
        long at = entry + StripeLayout.key(table.kind(entry));
        long hash = MapHash.of(table.memory, at, table.keyLength(entry), stripe.map.seed());
        int slot = table.startOf(hash);
        while (table.memory.getLong(StripeLayout.slot(slot)) != StripeLayout.EMPTY) {
            slot = table.after(slot);
        }
        table.memory.putLong(StripeLayout.slot(slot), StripeLayout.slotWord(hash, entry));
    }

    /** Keeps the former segment as spare if the next rebuild can use it; what is of no use is removed. */
    private static void retire(Stripe stripe, StripeTable old, StripeSegment spare, StripeSegment target) {
        int former = old == null ? 0 : old.segment.file();
        long bytes = target.memory().size();
        boolean keep = old != null && old.memory.size() >= bytes && old.memory.size() <= bytes * SPARE_AT_MOST_TIMES;
        stripe.header.setSpare(keep ? former : 0);
        if (spare != null && spare != target) {
            stripe.map.files().removeSegment(stripe.index, spare.file());
        }
        if (former != 0 && !keep) {
            stripe.map.files().removeSegment(stripe.index, former);
        }
    }

    /** By the lock's holder, after a removal. */
    static void shrinkIfMostlyEmpty(Stripe stripe) {
        StripeTable table = stripe.current();
        if (table.memory.size() <= Math.max(SMALL_BYTES, round(stripe.map.firstBytes()))) {
            return;
        }
        if (stripe.header.count() == 0) {
            StripeWriter.clear(stripe);
        } else if (table.live() + table.used() * Long.BYTES < table.memory.size() / 8) {
            try {
                rebuild(stripe, 0);
                dropSpare(stripe);
            } catch (NoSpaceException e) {
                // Then the memory stays as it is: removing must not fail for want of it.
            }
        }
    }

    private static void dropSpare(Stripe stripe) {
        int spare = stripe.header.spare();
        if (spare != 0) {
            stripe.beginChange();
            stripe.header.setSpare(0);
            stripe.map.files().removeSegment(stripe.index, spare);
            stripe.endChange();
        }
    }
}
