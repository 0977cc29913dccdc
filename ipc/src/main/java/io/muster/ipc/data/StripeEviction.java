package io.muster.ipc.data;

/**
 * Keeps a bounded map within its bounds: the CLOCK algorithm over the slots of a stripe. Who reads an entry marks it as used;
 * the hand takes the mark from one entry after the other and removes the first that has none.
 *
 * <p>The marks are bytes in the map's header, found by bits of the hash, so that some keys share one: they are hints.
 */
final class StripeEviction {
    private StripeEviction() {}

    /** By the lock's holder, before the scratch's new value is stored: removes others until it fits into the bounds. */
    static void makeRoom(Stripe stripe, MapScratch scratch, long entryBytes) {
        checkSize(stripe, scratch, entryBytes);
        StripeTable table = stripe.current();
        boolean isNew = scratch.entry == 0;
        if (table == null || !overBounds(stripe, table, scratch, entryBytes, isNew)) {
            return;
        }
        StripeExpiry.dropIfDue(stripe);
        while (overBounds(stripe, table, scratch, entryBytes, isNew) && evictOne(stripe, table, scratch)) {
            Thread.onSpinWait();
        }
        StripeWriter.locate(stripe, scratch);
    }

    private static long bytesOf(MapScratch scratch, long entryBytes) {
        return entryBytes + (StripeLayout.typeOf(scratch.newKind) == StripeLayout.FILE ? scratch.newLength : 0);
    }

    private static void checkSize(Stripe stripe, MapScratch scratch, long entryBytes) {
        long most = stripe.map.maxBytes();
        long bytes = bytesOf(scratch, entryBytes);
        if (most != 0 && bytes > most) {
            throw new IllegalArgumentException("an entry of " + bytes + " bytes does not fit into " + stripe.map
                    + ", which holds at most " + most + " bytes in each of its " + stripe.map.stripeCount()
                    + " parts; nothing was changed. Give it a larger maxBytes.");
        }
    }

    private static boolean overBounds(
            Stripe stripe, StripeTable table, MapScratch scratch, long entryBytes, boolean isNew) {
        long mostEntries = stripe.map.maxEntries();
        if (isNew && mostEntries != 0 && stripe.header.count() >= mostEntries) {
            return true;
        }
        long most = stripe.map.maxBytes();
        if (most == 0) {
            return false;
        }
        long replaced = isNew ? 0 : table.entryBytes(scratch.entry) + table.fileBytes(scratch.entry);
        return table.live() + stripe.header.fileBytes() - replaced + bytesOf(scratch, entryBytes) > most;
    }

    /** False if there is nothing left but the entry that is about to be replaced. */
    private static boolean evictOne(Stripe stripe, StripeTable table, MapScratch scratch) {
        int slots = table.slots();
        int hand = stripe.header.hand() & slots - 1;
        // Two rounds: the first may do nothing but take marks.
        for (int looks = 2 * slots; looks > 0; looks--, hand = table.after(hand)) {
            long word = table.slotWord(hand);
            if (!StripeLayout.isEntry(word) || StripeLayout.entryOf(word) == scratch.entry) {
                continue;
            }
            if (!stripe.map.takeMark(stripe.index, word)) {
                StripeWriter.remove(stripe, table, hand, StripeLayout.entryOf(word));
                stripe.header.setHand(table.after(hand));
                return true;
            }
        }
        return false;
    }
}
