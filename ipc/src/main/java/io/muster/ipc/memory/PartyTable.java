package io.muster.ipc.memory;

import static io.muster.ipc.memory.PlaceLayout.slot;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads and writes the slots of a party table. It decides nothing. */
final class PartyTable {
    private final Memory memory;
    private final int capacity;

    PartyTable(Memory memory) {
        this.memory = memory;
        this.capacity = memory.getInt(PlaceLayout.CAPACITY);
        if (capacity < 1 || capacity > PartyId.MAX_SLOTS || PlaceLayout.bodyBytes(capacity) > memory.size()) {
            throw new CorruptSegmentException("a party table of " + memory.size() + " bytes says that it has "
                    + capacity + " slots, expected 1 to " + PartyId.MAX_SLOTS + " that fit");
        }
    }

    /** Fills the header of a new table, which is all zeros and seen by nobody else yet. */
    static void format(Memory memory, int capacity, int processors, Self maker) {
        memory.putLong(PlaceLayout.BOOT_ID_HIGH, maker.bootIdHigh());
        memory.putLong(PlaceLayout.BOOT_ID_LOW, maker.bootIdLow());
        memory.putInt(PlaceLayout.PROCESSORS, processors);
        memory.putIntRelease(PlaceLayout.CAPACITY, capacity);
    }

    int capacity() {
        return capacity;
    }

    long state(int slot) {
        return memory.getLongVolatile(slot(slot) + PlaceLayout.STATE_WORD);
    }

    /** The one store that makes what was written to the slot true. */
    void publish(int slot, int phase, long incarnation) {
        memory.putLongVolatile(slot(slot) + PlaceLayout.STATE_WORD, PlaceLayout.stateWord(phase, incarnation));
    }

    /** The same if nothing else was published meanwhile. */
    boolean publishInsteadOf(int slot, long state, int phase) {
        return memory.compareAndSetLong(
                slot(slot) + PlaceLayout.STATE_WORD,
                state,
                PlaceLayout.stateWord(phase, PlaceLayout.incarnation(state)));
    }

    /** Says who lives there; counts only once it is published. */
    void writeProcess(int slot, Self process) {
        memory.putLong(slot(slot) + PlaceLayout.PID, process.pid());
        memory.putLong(slot(slot) + PlaceLayout.START_TICKS, process.startTicks());
        memory.putLong(slot(slot) + PlaceLayout.PID_NAMESPACE, process.pidNamespace());
    }

    /** Says who that will be, and forgets all about those before. */
    void writeNewcomer(int slot, String name, long reserver) {
        memory.setZero(slot(slot) + PlaceLayout.PID, PlaceLayout.ANNOUNCED - PlaceLayout.PID);
        memory.putLong(slot(slot) + PlaceLayout.RESERVER, reserver);
        byte[] bytes = shortened(name);
        memory.putByte(slot(slot) + PlaceLayout.NAME, (byte) bytes.length);
        memory.putBytes(slot(slot) + PlaceLayout.NAME + 1, bytes, 0, bytes.length);
    }

    long pid(int slot) {
        return memory.getLong(slot(slot) + PlaceLayout.PID);
    }

    long startTicks(int slot) {
        return memory.getLong(slot(slot) + PlaceLayout.START_TICKS);
    }

    long pidNamespace(int slot) {
        return memory.getLong(slot(slot) + PlaceLayout.PID_NAMESPACE);
    }

    long reserver(int slot) {
        return memory.getLong(slot(slot) + PlaceLayout.RESERVER);
    }

    long announced(int slot) {
        return memory.getLongVolatile(slot(slot) + PlaceLayout.ANNOUNCED);
    }

    void setAnnounced(int slot, long incarnation) {
        memory.putLongVolatile(slot(slot) + PlaceLayout.ANNOUNCED, incarnation);
    }

    void setExitMark(int slot) {
        memory.putLongVolatile(slot(slot) + PlaceLayout.EXIT_MARK, 1);
    }

    String name(int slot) {
        int length = memory.getByte(slot(slot) + PlaceLayout.NAME);
        byte[] bytes = new byte[Math.max(0, Math.min(length, PlaceLayout.NAME_BYTES - 1))];
        memory.getBytes(slot(slot) + PlaceLayout.NAME + 1, bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** What the slot says, or null if it is free or changes while it is read. */
    Party party(int slot) {
        long state = state(slot);
        int phase = PlaceLayout.phase(state);
        if (phase == PlaceLayout.FREE) {
            return null;
        }
        long pid = phase == PlaceLayout.RESERVED ? 0 : pid(slot);
        Party party = new Party(
                PartyId.of(slot, PlaceLayout.incarnation(state)),
                name(slot),
                pid,
                PlaceLayout.phaseName(phase),
                reserver(slot));
        return state(slot) == state ? party : null;
    }

    /** At most 63 bytes, and no half character at the end. */
    private static byte[] shortened(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, PlaceLayout.NAME_BYTES - 1);
        while (length < bytes.length && length > 0 && (bytes[length] & 0xC0) == 0x80) {
            length--;
        }
        return Arrays.copyOf(bytes, length);
    }
}
