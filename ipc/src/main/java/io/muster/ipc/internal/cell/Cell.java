package io.muster.ipc.internal.cell;

import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.SegmentFile;
import io.muster.ipc.memory.SegmentKind;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The bytes of one shared object, as this process sees them. Made by {@link CellStore} in the process that makes the
 * object, and by {@link Participant#attach} in those that are given its handle.
 *
 * <p>Thread-safe. Death: an object lives on when the process that made it dies; its cell goes with the place.
 */
public final class Cell {
    private final Memory memory;
    private final long offset;
    private final long head;
    private final CellRef ref;

    Cell(Memory memory, long offset, int kind, CellRef ref) {
        this.memory = memory;
        this.offset = offset;
        this.head = CellLayout.head(kind, ref.generation());
        this.ref = ref;
    }

    /** An unpublished one over zeroed bytes: prepare the body, then {@link #publish}. */
    static Cell prepare(Memory memory, long offset, int kind, int version, long cellBytes, CellRef ref) {
        memory.putInt(offset + CellLayout.BYTES, Math.toIntExact(Math.min(cellBytes, Integer.MAX_VALUE)));
        memory.putInt(offset + CellLayout.BODY_VERSION, version);
        return new Cell(memory, offset, kind, ref);
    }

    /**
     * One that was published, by this process or another.
     *
     * @throws ClosedObjectException if it is closed, or its cell holds another object by now
     * @throws CorruptSegmentException if these bytes are no cell, or of another kind or version
     */
    static Cell find(Memory memory, int kind, int version, CellRef ref) {
        long offset = ref.offset();
        if (offset < 0 || offset % CellLayout.ALIGNMENT != 0 || offset + CellLayout.BODY > memory.size()) {
            throw new CorruptSegmentException(ref + " is no place for a shared object in " + memory.size() + " bytes");
        }
        Cell cell = new Cell(memory, offset, kind, ref);
        long found = memory.getLongVolatile(offset + CellLayout.HEAD);
        if (found != cell.head && found != 0 && CellLayout.generation(found) == ref.generation()) {
            throw new CorruptSegmentException(ref + " holds an object of kind "
                    + SegmentKind.toString(CellLayout.kind(found)) + ", not of kind " + SegmentKind.toString(kind));
        }
        cell.checkOpen();
        int foundVersion = memory.getInt(offset + CellLayout.BODY_VERSION);
        int bytes = memory.getInt(offset + CellLayout.BYTES);
        if (foundVersion != version || bytes < CellLayout.BODY || offset + bytes > memory.size()) {
            throw new CorruptSegmentException(ref + ": layout version " + foundVersion + " in " + bytes + " bytes; this"
                    + " program knows version " + version
                    + ". Let all programs that share it use one version of Muster.");
        }
        return cell;
    }

    /** For who only looks: names the object whose body begins there in a file of a place. */
    public static CellRef refIn(SegmentFile in, long body) throws IOException {
        Path file = in.path();
        int generation = CellLayout.generation(in.getLong(body - CellLayout.BODY + CellLayout.HEAD));
        return new CellRef(
                file.toAbsolutePath().getParent().toString(),
                file.getFileName().toString(),
                body - CellLayout.BODY,
                generation);
    }

    /** Bytes of a body that holds another object too, a whole cell behind its own {@code ownBytes}. */
    public static long bodyBytesWithInner(long ownBytes, long innerBodyBytes) {
        return innerAt(ownBytes) + CellLayout.cellBytes(innerBodyBytes);
    }

    private static long innerAt(long ownBytes) {
        return CellLayout.cellBytes(ownBytes) - CellLayout.BODY;
    }

    /** Prepares that other cell, unpublished; see {@link #bodyBytesWithInner}. */
    public Cell prepareInner(long ownBytes, int kind, int version, long innerBodyBytes) {
        CellRef inner = innerRef(ref, ownBytes);
        return prepare(memory, inner.offset(), kind, version, CellLayout.cellBytes(innerBodyBytes), inner);
    }

    /** Names that other cell. */
    public static CellRef innerRef(CellRef outer, long ownBytes) {
        long offset = outer.offset() + CellLayout.BODY + innerAt(ownBytes);
        return new CellRef(outer.place(), outer.file(), offset, outer.generation());
    }

    /** Makes the object usable: everything stored before is seen by whoever attaches. */
    public void publish() {
        memory.putLongRelease(offset + CellLayout.HEAD, head);
    }

    /** Ends the object for everybody; doing it twice is harmless. Wake whoever waits for it afterwards. */
    public void retire() {
        memory.compareAndSetLong(offset + CellLayout.HEAD, head, 0);
    }

    /** Whether the object is still there: a load. */
    public boolean isOpen() {
        return memory.getLongVolatile(offset + CellLayout.HEAD) == head;
    }

    /** @throws ClosedObjectException if it is not */
    public void checkOpen() {
        if (!isOpen()) {
            throw closed();
        }
    }

    private ClosedObjectException closed() {
        return new ClosedObjectException("the shared object " + ref + " (" + SegmentKind.toString(CellLayout.kind(head))
                + ") is closed: the process that made it has closed it, for all");
    }

    public Memory memory() {
        return memory;
    }

    /** Offset in {@link #memory()} of the first byte that is the object's own; 16 behind a multiple of 64. */
    public long body() {
        return offset + CellLayout.BODY;
    }

    public CellRef ref() {
        return ref;
    }

    @Override
    public String toString() {
        return ref.toString();
    }
}
