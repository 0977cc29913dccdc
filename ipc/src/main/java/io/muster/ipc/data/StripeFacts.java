package io.muster.ipc.data;

import io.muster.ipc.memory.CorruptSegmentException;
import java.util.HashSet;
import java.util.Set;

/**
 * What the slots of a stripe say by themselves, each checked: from this the index is rebuilt, and tests compare it with the
 * index. By the lock's holder.
 */
final class StripeFacts {
    long count;
    long live;
    long used;
    /** Where the last entry ends that a slot names. */
    long end;

    long fileBytes;
    long nextExpiry;
    long lastVersion;
    final Set<Long> files = new HashSet<>();

    private StripeFacts() {}

    /** @throws CorruptSegmentException if a slot names what is no entry, or one that belongs elsewhere */
    static StripeFacts of(Stripe stripe) {
        StripeFacts facts = new StripeFacts();
        StripeTable table = stripe.current();
        if (table != null) {
            facts.end = StripeLayout.heap(table.slots());
            for (int slot = 0; slot < table.slots(); slot++) {
                facts.addSlot(stripe, table, slot);
            }
        }
        return facts;
    }

    private void addSlot(Stripe stripe, StripeTable table, int slot) {
        long word = table.slotWord(slot);
        if (word == StripeLayout.EMPTY) {
            return;
        }
        used++;
        if (word == StripeLayout.TOMBSTONE) {
            return;
        }
        long entry = StripeLayout.entryOf(word);
        check(stripe, table, slot, word, entry);
        count++;
        long bytes = table.entryBytes(entry);
        live += bytes;
        end = Math.max(end, entry + bytes);
        lastVersion = Math.max(lastVersion, table.version(entry));
        int kind = table.kind(entry);
        if (StripeLayout.typeOf(kind) == StripeLayout.FILE) {
            fileBytes += table.payload(entry);
            files.add(table.version(entry));
        }
        if ((kind & StripeLayout.EXPIRES) != 0) {
            long expiry = table.expiry(entry, kind);
            if (nextExpiry == 0 || expiry - nextExpiry < 0) {
                nextExpiry = expiry == 0 ? 1 : expiry;
            }
        }
    }

    private static void check(Stripe stripe, StripeTable table, int slot, long word, long entry) {
        long size = table.memory.size();
        String wrong = null;
        if (entry < StripeLayout.heap(table.slots()) || entry > size - StripeLayout.PAYLOAD) {
            wrong = "leads to " + entry + " of " + size;
        } else if (!StripeLayout.isKind(table.kind(entry))) {
            wrong = "leads to a value of kind " + table.kind(entry);
        } else if (table.keyLength(entry) <= 0
                || table.keyLength(entry) > size
                || StripeLayout.inlineLength(table.valueWord(entry)) > StripeLayout.LONGEST_INLINE
                || entry + table.entryBytes(entry) > size) {
            wrong = "leads to a key of " + table.keyLength(entry) + " bytes and a value of "
                    + StripeLayout.inlineLength(table.valueWord(entry)) + " at " + entry + " of " + size;
        } else {
            long at = entry + StripeLayout.key(table.kind(entry));
            long hash = MapHash.of(table.memory, at, table.keyLength(entry), stripe.map.seed());
            wrong = StripeLayout.slotWord(hash, entry) == word ? null : "has another hash than the key it leads to";
        }
        if (wrong != null) {
            throw new CorruptSegmentException(table.segment.segment().path() + ": slot " + slot + " " + wrong
                    + "; the file was overwritten by somebody. What other stripes of the map hold is not touched.");
        }
    }
}
