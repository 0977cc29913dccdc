package io.muster.ipc.data;

import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.Memory;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies all entries of a stripe at once, without the lock, for iteration: a key that is there all the while keeps its slot in
 * the generation, so it is seen once.
 */
final class StripeCopy {
    private static final int MOST_ROUNDS = 8;

    private StripeCopy() {}

    /** @param withValues whether inline values are copied too; large ones never are */
    static List<MapItem> copy(Stripe stripe, boolean withValues) {
        for (int round = 0; ; round++) {
            if (round == MOST_ROUNDS && !MapScratch.isComputing(stripe.map)) {
                stripe.lock();
                try {
                    return copyOf(stripe, stripe.current(), withValues);
                } finally {
                    stripe.unlock();
                }
            }
            StripeTable table = stripe.current();
            List<MapItem> items = tryCopy(stripe, table, withValues);
            if (items != null) {
                return items;
            }
        }
    }

    /** Null if the generation was replaced meanwhile. */
    private static List<MapItem> tryCopy(Stripe stripe, StripeTable table, boolean withValues) {
        if (table == null) {
            return List.of();
        }
        try {
            long version = stripe.header.version();
            VarHandle.acquireFence();
            List<MapItem> items = copyOf(stripe, table, withValues);
            VarHandle.acquireFence();
            if (stripe.header.cur() != table.cur) {
                return null;
            }
            return stripe.header.version() == version ? items : withoutDoubles(items);
        } catch (RuntimeException | InternalError e) {
            StripeReader.rethrowIfCurrent(stripe, table, e);
            return null;
        }
    }

    /** A key that was removed and put again may have been seen in both its slots. */
    private static List<MapItem> withoutDoubles(List<MapItem> items) {
        Map<MapItem, MapItem> latest = new LinkedHashMap<>();
        for (MapItem item : items) {
            MapItem known = latest.get(item);
            if (known == null || known.version < item.version) {
                latest.remove(item);
                latest.put(item, item);
            }
        }
        return new ArrayList<>(latest.values());
    }

    private static List<MapItem> copyOf(Stripe stripe, StripeTable table, boolean withValues) {
        List<MapItem> items = new ArrayList<>();
        for (int slot = 0; table != null && slot < table.slots(); slot++) {
            long word = table.slotWord(slot);
            if (StripeLayout.isEntry(word)) {
                long entry = StripeLayout.entryOf(word);
                if (!table.isExpired(entry, stripe.map)) {
                    items.add(item(table, entry, withValues));
                }
            }
        }
        return items;
    }

    private static MapItem item(StripeTable table, long entry, boolean withValues) {
        Memory memory = table.memory;
        int word = table.valueWord(entry);
        int kind = StripeLayout.kindOf(word);
        int keyLength = table.keyLength(entry);
        long at = entry + StripeLayout.key(kind);
        byte[] key = bytes(memory, at, keyLength, StripeLayout.pad(keyLength));
        byte[] value = null;
        if (withValues && StripeLayout.typeOf(kind) == StripeLayout.BYTES) {
            int length = StripeLayout.inlineLength(word);
            value = bytes(memory, at + key.length, length, length);
        }
        long number = (kind & StripeLayout.HAS_PAYLOAD) != 0 ? table.payload(entry) : 0;
        return new MapItem(key, keyLength, StripeLayout.typeOf(kind), table.version(entry), number, value);
    }

    private static byte[] bytes(Memory memory, long at, int length, int padded) {
        if (length < 0 || at + padded > memory.size()) {
            throw new CorruptSegmentException(
                    length + " bytes at " + at + " of " + memory.size() + "; the map was overwritten");
        }
        byte[] bytes = new byte[padded];
        memory.getBytes(at, bytes, 0, padded);
        return bytes;
    }
}
