package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.Segment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** The elements of one array, as this process sees them. Thread-safe. */
final class ArrayCore extends SharedFile {
    private final ElementType type;
    private final long length;
    private final int pieceBytes;
    private final ByteBuffer[] pieces;

    /** @param pieceBytes after how many bytes a bulk copy begins anew: {@link Memory#PIECE_BYTES}, or in tests less */
    ArrayCore(Participant participant, Segment segment, ElementType type, int pieceBytes) {
        super(participant, segment);
        this.type = type;
        this.length = ArrayLayout.length(memory().size(), type.bytes());
        this.pieceBytes = pieceBytes;
        this.pieces = new ByteBuffer[(int) ((memory().size() - 1) / pieceBytes) + 1];
        for (int i = 0; i < pieces.length; i++) {
            long start = (long) i * pieceBytes;
            int bytes = (int) Math.min(pieceBytes, memory().size() - start);
            pieces[i] = memory().directSlice(start, bytes);
        }
    }

    /** In a new file of the session, for the maker's handle. */
    static ArrayCore create(ElementType type, long length) {
        // The length first: what is refused anyhow should not make a session.
        ArrayLayout.bodyBytes(length, type.bytes());
        Participant participant = Participants.ofSession();
        return create(participant, participant.newFile(type.filePrefix()), type, length);
    }

    /** What is in the file already is replaced, which nobody may be attached to. */
    static ArrayCore create(Participant participant, Path file, ElementType type, long length) {
        long bodyBytes = ArrayLayout.bodyBytes(length, type.bytes());
        Segment segment = Segment.create(file, type.kind(), ArrayLayout.VERSION, bodyBytes);
        ArrayCore core = new ArrayCore(participant, segment, type, Memory.PIECE_BYTES);
        Attachments.of(participant).put(file, core);
        return core;
    }

    static ArrayCore open(Participant participant, Path file, ElementType type) {
        Attachments attachments = Attachments.of(participant);
        ArrayCore known = attachments.find(file, ArrayCore.class);
        if (known != null && known.type == type && known.isOpen()) {
            return known;
        }
        Segment segment = openSegment(file, type.kind(), ArrayLayout.VERSION);
        return attachments.addIfAbsent(file, new ArrayCore(participant, segment, type, Memory.PIECE_BYTES), known);
    }

    ElementType type() {
        return type;
    }

    long length() {
        return length;
    }

    /** Which of the {@link #piece pieces} has the byte at that offset. */
    int pieceOf(long offset) {
        return (int) (offset / pieceBytes);
    }

    /** Where in its piece that byte lies. */
    int inPiece(long offset) {
        return (int) (offset % pieceBytes);
    }

    int pieceCount() {
        return pieces.length;
    }

    /** All bytes of one piece, little-endian. */
    ByteBuffer piece(int index) {
        return pieces[index].duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }
}
