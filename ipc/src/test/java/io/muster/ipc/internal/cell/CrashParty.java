package io.muster.ipc.internal.cell;

import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.memory.CrashWorld;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.wait.CrashingParking;
import java.nio.file.Path;

/**
 * A party of a {@link CrashWorld}, as structures want it: its {@link Participant}, and its view of the shared memory.
 *
 * @param point where it dies
 */
public record CrashParty(CrashPoint point, Participant participant, Memory memory) {

    public static CrashParty join(CrashWorld world, CrashPoint point) {
        CrashWorld.View view = world.join(point);
        Participant participant = new Participant(Path.of("/crash-world"), view.place(), new CrashingParking(point));
        return new CrashParty(point, participant, view.memory());
    }

    /** One that lives until it is killed. */
    public static CrashParty join(CrashWorld world) {
        return join(world, CrashPoint.never());
    }

    public long id() {
        return participant.self();
    }

    /**
     * A cell over the world's memory, as this party sees it.
     *
     * @param fresh whether to make the object; else it is found
     */
    public Cell cell(int kind, int version, long offset, long bytes, boolean fresh) {
        CellRef ref = new CellRef("/crash-world", "memory", offset, 1);
        return fresh ? Cell.prepare(memory, offset, kind, version, bytes, ref) : Cell.find(memory, kind, version, ref);
    }

    /** The same bytes for the next object, once the first one is retired: zeroed, and of the second generation. */
    public Cell cellUsedAgain(int kind, int version, long offset, long bytes) {
        memory.setZero(offset, bytes);
        CellRef ref = new CellRef("/crash-world", "memory", offset, 2);
        return Cell.prepare(memory, offset, kind, version, bytes, ref);
    }
}
