package io.muster.ipc.data;

import io.muster.ipc.memory.Memory;

/**
 * Changes a stripe, one entry at a time, always under its lock: prepare, publish by one store, then set the index right.
 * {@link StripeLayout} says which store that is.
 */
final class StripeWriter {
    private StripeWriter() {}

    /** Finds the scratch's key; an entry of it that has expired is removed on the way. */
    static boolean locate(Stripe stripe, MapScratch scratch) {
        StripeTable table = stripe.current();
        scratch.entry = 0;
        scratch.slot = -1;
        if (table == null) {
            return false;
        }
        try {
            table.locate(scratch);
        } catch (IndexOutOfBoundsException e) {
            throw stripe.damaged(e);
        }
        if (scratch.entry != 0 && table.isExpired(scratch.entry, stripe.map)) {
            remove(stripe, table, scratch.slot, scratch.entry);
            table.locate(scratch);
        }
        return scratch.entry != 0;
    }

    /** Finds the scratch's key and copies its value; returns the type, 0 if there is none. */
    static int locateAndLoad(Stripe stripe, MapScratch scratch) {
        return locate(stripe, scratch) ? load(stripe, scratch) : 0;
    }

    /** Copies the value that was located, though it may have expired since: one operation, one answer. */
    static int load(Stripe stripe, MapScratch scratch) {
        int type;
        try {
            type = stripe.current().load(scratch.entry, scratch);
        } catch (IndexOutOfBoundsException e) {
            throw stripe.damaged(e);
        }
        if (type == StripeLayout.FILE && !StripeReader.loadFile(stripe, scratch)) {
            throw StripeReader.fileGone(stripe, scratch);
        }
        return type;
    }

    /**
     * Stores the scratch's new value where {@link #locate} has looked.
     *
     * @throws io.muster.ipc.memory.NoSpaceException if it needs room and there is none; nothing was changed
     */
    static void store(Stripe stripe, MapScratch scratch) {
        if (scratch.entry != 0 && storeInPlace(stripe, scratch)) {
            return;
        }
        long bytes = StripeLayout.entryBytes(scratch.newKind, scratch.keyLength, scratch.newInlineLength());
        try {
            makeRoom(stripe, scratch, bytes);
            append(stripe, scratch, bytes);
        } catch (IndexOutOfBoundsException e) {
            throw stripe.damaged(e);
        }
    }

    private static boolean storeInPlace(Stripe stripe, MapScratch scratch) {
        StripeTable table = stripe.current();
        int kind = table.kind(scratch.entry);
        if (kind != scratch.newKind || !StripeLayout.isNumber(kind)) {
            return false;
        }
        if ((kind & StripeLayout.EXPIRES) != 0 && table.expiry(scratch.entry, kind) != scratch.newExpiry) {
            return false;
        }
        long version = stripe.header.version() + 1;
        Memory memory = table.memory;
        stripe.header.setVersion(version);
        memory.putLong(scratch.entry + StripeLayout.VERSION, version);
        memory.putLongRelease(scratch.entry + StripeLayout.PAYLOAD, scratch.newNumber);
        return true;
    }

    private static void makeRoom(Stripe stripe, MapScratch scratch, long bytes) {
        if (stripe.map.isBounded()) {
            StripeEviction.makeRoom(stripe, scratch, bytes);
        }
        StripeRepair.repairIfImpossible(stripe);
        StripeTable table = stripe.current();
        if (table == null || table.bump() + bytes > table.memory.size() || needsSlot(table, scratch)) {
            StripeRebuild.rebuild(stripe, bytes);
            locate(stripe, scratch);
        }
    }

    private static boolean needsSlot(StripeTable table, MapScratch scratch) {
        return scratch.entry == 0
                && (scratch.slot < 0
                        || table.slotWord(scratch.slot) == StripeLayout.EMPTY
                                && table.used() >= StripeLayout.mostUsed(table.slots()));
    }

    private static void append(Stripe stripe, MapScratch scratch, long bytes) {
        StripeTable table = stripe.current();
        long version = stripe.header.version() + 1;
        long entry = table.bump();
        stripe.header.setVersion(version);
        boolean isFile = StripeLayout.typeOf(scratch.newKind) == StripeLayout.FILE;
        if (isFile) {
            stripe.map.files().writeValue(stripe.index, version, scratch.newBytes, scratch.newLength);
        }
        stripe.beginChange();
        table.setBump(entry + bytes);
        writeEntry(table.memory, entry, version, scratch);
        publish(stripe, table, scratch, entry, bytes, isFile ? scratch.newLength : 0);
        stripe.endChange();
        if (stripe.map.isBounded()) {
            stripe.map.mark(stripe.index, scratch.slot);
        }
        if (isFile && stripe.header.cur() == MapLayout.CLOSED) {
            stripe.map.files().removeValue(stripe.index, version);
        }
    }

    private static void writeEntry(Memory memory, long entry, long version, MapScratch scratch) {
        int kind = scratch.newKind;
        memory.putInt(entry + StripeLayout.KEY_LENGTH, scratch.keyLength);
        memory.putInt(entry + StripeLayout.VALUE, StripeLayout.valueWord(kind, scratch.newInlineLength()));
        memory.putLong(entry + StripeLayout.VERSION, version);
        if ((kind & StripeLayout.HAS_PAYLOAD) != 0) {
            boolean isFile = StripeLayout.typeOf(kind) == StripeLayout.FILE;
            memory.putLong(entry + StripeLayout.PAYLOAD, isFile ? scratch.newLength : scratch.newNumber);
        }
        if ((kind & StripeLayout.EXPIRES) != 0) {
            memory.putLong(entry + StripeLayout.expiry(kind), scratch.newExpiry);
        }
        long at = entry + StripeLayout.key(kind);
        int keyBytes = StripeLayout.pad(scratch.keyLength);
        memory.putBytes(at, scratch.keyBytes, 0, keyBytes);
        if (StripeLayout.typeOf(kind) == StripeLayout.BYTES) {
            memory.putBytes(at + keyBytes, scratch.newBytes, 0, scratch.newLength);
        }
    }

    /** The one store that makes it so, then the index. */
    private static void publish(
            Stripe stripe, StripeTable table, MapScratch scratch, long entry, long bytes, long fileBytes) {
        StripeHeader header = stripe.header;
        long old = scratch.entry;
        long oldWord = table.slotWord(scratch.slot);
        long oldFile = old == 0 ? 0 : table.fileBytes(old);
        if ((scratch.newKind & StripeLayout.EXPIRES) != 0) {
            StripeExpiry.note(stripe, scratch.newExpiry);
        }
        table.publishSlot(scratch.slot, StripeLayout.slotWord(scratch.hash, entry));
        table.setLive(table.live() + bytes - (old == 0 ? 0 : table.entryBytes(old)));
        if (old == 0) {
            header.setCount(header.count() + 1);
            table.setUsed(table.used() + (oldWord == StripeLayout.EMPTY ? 1 : 0));
        }
        if (fileBytes != oldFile) {
            header.setFileBytes(header.fileBytes() + fileBytes - oldFile);
        }
        if (oldFile != 0) {
            stripe.map.files().removeValue(stripe.index, table.version(old));
        }
    }

    /** Removes what {@link #locate} has found, and gives memory back if little is left. */
    static void remove(Stripe stripe, MapScratch scratch) {
        remove(stripe, stripe.current(), scratch.slot, scratch.entry);
        StripeRebuild.shrinkIfMostlyEmpty(stripe);
    }

    /** Removes one entry; the generation stays. */
    static void remove(Stripe stripe, StripeTable table, int slot, long entry) {
        StripeHeader header = stripe.header;
        long bytes = table.checkedEntryBytes(entry);
        long fileBytes = table.fileBytes(entry);
        boolean nextIsEmpty = table.slotWord(table.after(slot)) == StripeLayout.EMPTY;
        stripe.beginChange();
        table.publishSlot(slot, nextIsEmpty ? StripeLayout.EMPTY : StripeLayout.TOMBSTONE);
        header.setCount(header.count() - 1);
        table.setLive(table.live() - bytes);
        if (nextIsEmpty) {
            table.setUsed(table.used() - 1);
        }
        if (fileBytes != 0) {
            header.setFileBytes(header.fileBytes() - fileBytes);
            stripe.map.files().removeValue(stripe.index, table.version(entry));
        }
        stripe.endChange();
    }

    /** Removes all entries by one store, and gives back all memory. */
    static void clear(Stripe stripe) {
        StripeHeader header = stripe.header;
        StripeTable table = stripe.current();
        if (table == null) {
            return;
        }
        boolean hadFiles = header.fileBytes() != 0;
        int spare = header.spare();
        stripe.beginChange();
        stripe.publishCur(table.cur, MapLayout.next(table.cur, 0));
        stripe.setCurrent(null);
        header.setCount(0);
        header.setFileBytes(0);
        header.setSpare(0);
        stripe.map.files().removeSegment(stripe.index, table.segment.file());
        if (spare != 0) {
            stripe.map.files().removeSegment(stripe.index, spare);
        }
        if (hadFiles) {
            for (long version : stripe.map.files().numbers('v', stripe.index)) {
                stripe.map.files().removeValue(stripe.index, version);
            }
        }
        stripe.endChange();
    }
}
