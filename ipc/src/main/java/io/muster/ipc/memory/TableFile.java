package io.muster.ipc.memory;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * The party table of a place that this process takes no part in, read as a file and not mapped: it may be truncated,
 * foreign, or removed at any moment.
 */
final class TableFile {
    static final String NAME = "table";

    private final Path path;
    private final ByteBuffer body;

    private TableFile(Path path, byte[] bytes) {
        this.path = path;
        this.body = ByteBuffer.wrap(bytes).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** @throws CorruptSegmentException if it is not a party table of this version, or is cut short */
    static TableFile read(Path directory) throws IOException {
        Path path = directory.resolve(NAME);
        try (RandomAccessFile in = new RandomAccessFile(path.toFile(), "r")) {
            byte[] header = new byte[(int) Math.min(SegmentHeader.BYTES, in.length())];
            in.readFully(header);
            long bytes = SegmentHeader.check(path, header, in.length(), PlaceLayout.KIND, PlaceLayout.VERSION);
            byte[] body = new byte[(int) Math.min(bytes, PlaceLayout.bodyBytes(PartyId.MAX_SLOTS))];
            in.readFully(body);
            return new TableFile(path, body);
        }
    }

    boolean isOfBoot(Self self) {
        return body.getLong(PlaceLayout.BOOT_ID_HIGH) == self.bootIdHigh()
                && body.getLong(PlaceLayout.BOOT_ID_LOW) == self.bootIdLow();
    }

    /** Whether it is that of a place that no sweep may touch. */
    boolean isNamed() {
        return body.getInt(PlaceLayout.NAMED) != 0;
    }

    /** All of it, as it was when it was read. */
    PartyTable table() {
        ByteBuffer copy = ByteBuffer.allocateDirect(body.capacity() + Long.BYTES)
                .alignedSlice(Long.BYTES)
                .limit(body.capacity() & -Long.BYTES);
        copy.duplicate().put(0, body, 0, copy.limit());
        return new PartyTable(Memory.wrap(copy));
    }

    /** The slot of a party that runs although it has lost its lock, or -1; parties on their way out do not count. */
    int slotSeenAlive(Witness witness, int ownSlot) {
        int slots = (body.capacity() - PlaceLayout.SLOTS) / PlaceLayout.SLOT_BYTES;
        for (int slot = 0; slot < slots; slot++) {
            int at = (int) PlaceLayout.slot(slot);
            boolean live = PlaceLayout.phase(body.getLong(at + PlaceLayout.STATE_WORD)) == PlaceLayout.LIVE;
            if (live && slot != ownSlot && body.getLong(at + PlaceLayout.EXIT_MARK) == 0 && isSeenAlive(witness, at)) {
                return slot;
            }
        }
        return -1;
    }

    private boolean isSeenAlive(Witness witness, int at) {
        Witness.Testimony testimony = witness.of(
                body.getLong(at + PlaceLayout.PID),
                body.getLong(at + PlaceLayout.START_TICKS),
                body.getLong(at + PlaceLayout.PID_NAMESPACE));
        return testimony == Witness.Testimony.RUNS || testimony == Witness.Testimony.UNKNOWN;
    }

    /** From now on whoever gets the place's lock finds that there is no place any more. */
    void publishSwept() throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(path.toFile(), "rw")) {
            out.seek(SegmentHeader.BYTES + PlaceLayout.STATE);
            out.write(PlaceLayout.STATE_SWEPT);
        }
    }
}
