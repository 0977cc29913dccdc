package io.muster.ipc.data;

/**
 * Entries that live for a limited time. Readers do not see one that has expired; its room is given back when somebody looks
 * for it to write, when the stripe is rebuilt, or when its entries are counted.
 */
final class StripeExpiry {
    private StripeExpiry() {}

    /** By the lock's holder: an entry that expires then is about to be published. */
    static void note(Stripe stripe, long expiry) {
        long next = stripe.header.nextExpiry();
        if (next == 0 || expiry - next < 0) {
            stripe.header.setNextExpiry(expiry == 0 ? 1 : expiry);
        }
    }

    /** Whether some entry may have expired. */
    static boolean isDue(Stripe stripe) {
        long next = stripe.header.nextExpiry();
        return next != 0 && stripe.map.isPast(next);
    }

    /** By the lock's holder: removes what has expired. */
    static void dropIfDue(Stripe stripe) {
        if (!isDue(stripe)) {
            return;
        }
        StripeTable table = stripe.current();
        long next = 0;
        for (int slot = 0; table != null && slot < table.slots(); slot++) {
            long word = table.slotWord(slot);
            if (!StripeLayout.isEntry(word)) {
                continue;
            }
            long entry = StripeLayout.entryOf(word);
            int kind = table.kind(entry);
            if ((kind & StripeLayout.EXPIRES) == 0) {
                continue;
            }
            long expiry = table.expiry(entry, kind);
            if (stripe.map.isPast(expiry)) {
                StripeWriter.remove(stripe, table, slot, entry);
            } else if (next == 0 || expiry - next < 0) {
                next = expiry == 0 ? 1 : expiry;
            }
        }
        stripe.header.setNextExpiry(next);
    }
}
