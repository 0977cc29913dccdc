package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.FileRoom;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.MemoryFault;
import io.muster.ipc.memory.Segment;
import io.muster.ipc.memory.SegmentException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What stands in this process for a shared object that has a file of its own, however many handles there are. The word at
 * {@link ArrayLayout#STATE} says to every process whether it is open.
 */
abstract class SharedFile {
    private final Participant participant;
    private final Segment segment;
    private final Memory memory;

    SharedFile(Participant participant, Segment segment) {
        this.participant = participant;
        this.segment = segment;
        this.memory = segment.memory();
    }

    /** @throws ClosedObjectException if it is not there any more */
    static Segment openSegment(Path file, int kind, int version) {
        try {
            return Segment.open(file, kind, version);
        } catch (CorruptSegmentException e) {
            throw e;
        } catch (SegmentException e) {
            if (Files.isDirectory(file.getParent()) && !Files.exists(file)) {
                ClosedObjectException closed = new ClosedObjectException("the shared data in " + file.getFileName()
                        + " is closed: the process that made it has closed it, for all");
                closed.initCause(e);
                throw closed;
            }
            throw e;
        }
    }

    /** The file of that name in the participant's directory, and in no other. */
    static Path fileIn(Participant participant, String name) {
        Path file = participant.directory().resolve(name);
        if (!participant.directory().equals(file.getParent())) {
            throw new CorruptSegmentException("'" + name + "' is no file of " + participant.directory());
        }
        return file;
    }

    final Participant participant() {
        return participant;
    }

    final Memory memory() {
        return memory;
    }

    final Path path() {
        return segment.path();
    }

    /** For messages. */
    final String name() {
        return segment.path().getFileName().toString();
    }

    /** Whether it can be used; not if its memory is lost. */
    final boolean isOpen() {
        try {
            return memory.getInt(ArrayLayout.STATE) == ArrayLayout.OPEN;
        } catch (InternalError e) {
            MemoryFault.translate(e, name());
            return false;
        }
    }

    /** Ends it for every process, and removes the file; the memory is free once nobody has it mapped any more. */
    final void closeForAll() {
        forget();
        try {
            memory.putIntVolatile(ArrayLayout.STATE, ArrayLayout.CLOSED);
            segment.unlink();
            FileRoom.noteLeftMapping();
        } catch (InternalError e) {
            // Truncated by somebody: then nobody can use it anyhow.
            MemoryFault.translate(e, name());
            path().toFile().delete();
        }
    }

    final void forget() {
        Attachments.of(participant).forget(segment.path(), this);
    }
}
