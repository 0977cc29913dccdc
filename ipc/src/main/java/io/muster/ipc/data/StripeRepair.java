package io.muster.ipc.data;

/**
 * Rebuilds the index of a stripe from its slots after the lock's owner has died, and removes the files that it left. A
 * function of what is published, so that it may die anywhere and be started again.
 */
final class StripeRepair {
    private StripeRepair() {}

    /** By the lock's holder. */
    static void repair(Stripe stripe) {
        StripeHeader header = stripe.header;
        StripeFacts facts = StripeFacts.of(stripe);
        StripeTable table = stripe.current();
        removeOrphans(stripe, table, facts);
        header.setSpare(0);
        header.setCount(facts.count);
        header.setFileBytes(facts.fileBytes);
        header.setNextExpiry(facts.nextExpiry);
        header.setVersion(Math.max(header.version(), facts.lastVersion));
        if (table != null) {
            // What lies between the last entry and BUMP may be the room of one that slow readers still look at.
            table.setBump(Math.min(Math.max(table.bump(), facts.end), table.memory.size()));
            table.setLive(facts.live);
            table.setUsed(facts.used);
        }
    }

    private static void removeOrphans(Stripe stripe, StripeTable table, StripeFacts facts) {
        MapFiles files = stripe.map.files();
        files.removeUnfinished(stripe.index);
        int current = table == null ? 0 : table.segment.file();
        for (long file : files.numbers('s', stripe.index)) {
            if ((int) file != current) {
                files.removeSegment(stripe.index, (int) file);
            }
        }
        for (long version : files.numbers('v', stripe.index)) {
            if (!facts.files.contains(version)) {
                files.removeValue(stripe.index, version);
            }
        }
    }
}
