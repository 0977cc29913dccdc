package io.muster.ipc.data;

import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.MemoryFault;
import java.lang.invoke.VarHandle;

/**
 * Reads without the lock: find and copy, then look at CUR again. What was copied from a generation that was current all the
 * while was true at some moment of that time; anything else is forgotten and read again.
 */
final class StripeReader {
    /** So often a reader may be overtaken by a rebuild before it waits for its turn. */
    private static final int MOST_ROUNDS = 64;

    private StripeReader() {}

    /**
     * Copies the value of the scratch's key into the scratch.
     *
     * @return its type, one of {@link StripeLayout}'s; 0 if there is none
     */
    static int read(Stripe stripe, MapScratch scratch) {
        long missing = 0;
        for (int round = 0; ; round++) {
            StripeTable table = stripe.current();
            if (table == null) {
                return 0;
            }
            int type = tryRead(stripe, table, scratch);
            if (type >= 0 && (type != StripeLayout.FILE || loadFile(stripe, scratch))) {
                stripe.map.noteUse(stripe, scratch.slot, type);
                return type;
            }
            if (type == StripeLayout.FILE) {
                // An entry is replaced before its file goes: one that is still there without it was robbed of it.
                if (scratch.foundVersion == missing) {
                    throw fileGone(stripe, scratch);
                }
                missing = scratch.foundVersion;
            }
            if (round >= MOST_ROUNDS && !MapScratch.isComputing(stripe.map)) {
                return readLocked(stripe, scratch);
            }
            Thread.onSpinWait();
        }
    }

    /** Whether the key is there; copies no value. */
    static boolean contains(Stripe stripe, MapScratch scratch) {
        while (true) {
            StripeTable table = stripe.current();
            if (table == null) {
                return false;
            }
            try {
                long entry = table.find(scratch);
                boolean found = entry != 0 && !table.isExpired(entry, stripe.map);
                VarHandle.acquireFence();
                if (stripe.header.cur() == table.cur) {
                    return found;
                }
            } catch (RuntimeException | InternalError e) {
                rethrowIfCurrent(stripe, table, e);
            }
            Thread.onSpinWait();
        }
    }

    /** The type, 0 if absent, -1 if the generation was replaced meanwhile. */
    private static int tryRead(Stripe stripe, StripeTable table, MapScratch scratch) {
        try {
            long entry = table.find(scratch);
            int type = entry == 0 || table.isExpired(entry, stripe.map) ? 0 : table.load(entry, scratch);
            VarHandle.acquireFence();
            return stripe.header.cur() == table.cur ? type : -1;
        } catch (RuntimeException | InternalError e) {
            rethrowIfCurrent(stripe, table, e);
            return -1;
        }
    }

    /** What is read in a generation that was replaced may be anything: offsets that lead nowhere, pages that are gone. */
    static void rethrowIfCurrent(Stripe stripe, StripeTable table, Throwable e) {
        if (stripe.header.cur() != table.cur) {
            return;
        }
        if (e instanceof InternalError error) {
            throw MemoryFault.translate(error, stripe.map);
        }
        if (e instanceof IndexOutOfBoundsException) {
            throw new CorruptSegmentException(stripe.map + ": stripe " + stripe.index + " was overwritten (" + e + ")");
        }
        throw (RuntimeException) e;
    }

    /** False if the file was removed: then the entry has been replaced or removed meanwhile. */
    static boolean loadFile(Stripe stripe, MapScratch scratch) {
        int length = fileLength(stripe, scratch.foundNumber);
        byte[] bytes = stripe.map.files().readValue(stripe.index, scratch.foundVersion, length);
        if (bytes == null) {
            return false;
        }
        scratch.setFoundFile(bytes);
        return true;
    }

    static CorruptSegmentException fileGone(Stripe stripe, MapScratch scratch) {
        return new CorruptSegmentException(stripe.map + ": the file of a large value is gone (stripe " + stripe.index
                + ", version " + scratch.foundVersion + "); somebody has removed it");
    }

    private static int fileLength(Stripe stripe, long length) {
        if (length <= StripeLayout.LONGEST_INLINE || length > Integer.MAX_VALUE) {
            throw new CorruptSegmentException(
                    stripe.map + ": a large value of " + length + " bytes; the map was overwritten");
        }
        return (int) length;
    }

    private static int readLocked(Stripe stripe, MapScratch scratch) {
        stripe.lock();
        try {
            return StripeWriter.locateAndLoad(stripe, scratch);
        } finally {
            stripe.unlock();
        }
    }
}
