package io.muster.ipc.data;

import io.muster.ipc.internal.cell.CrashParty;
import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.memory.CrashWorld;
import io.muster.ipc.memory.CrashingMemory;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.NoSpaceException;
import io.muster.ipc.memory.PartyId;
import io.muster.ipc.memory.Segment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A shared list and parties that use it, each of which may die at any step, those that make and remove files included. */
final class ListWorld {
    private static final long CELL_BYTES = 128;

    final CrashWorld world = new CrashWorld((int) CELL_BYTES);
    /** The files that are there, by generation. */
    final Map<Long, Memory> files = new TreeMap<>();

    /** Whether new files find no room. */
    boolean full;

    /** One that stays alive, and its handle. */
    final CrashParty survivor = CrashParty.join(world);

    final SharedList<Object> survivors = handle(survivor, true);

    private final class Files implements ListFiles {
        private final CrashPoint point;

        Files(CrashPoint point) {
            this.point = point;
        }

        @Override
        public Memory create(long generation, long bodyBytes) {
            if (full) {
                throw NoSpaceException.whileWriting(Path.of("/crash-world/generation"), bodyBytes, null);
            }
            point.before("create generation " + generation);
            Memory memory = Memory.wrap(
                    ByteBuffer.allocateDirect((int) bodyBytes + Long.BYTES).alignedSlice(Long.BYTES));
            files.put(generation, memory);
            return new CrashingMemory(memory, point);
        }

        @Override
        public Memory open(long generation) {
            point.checkAlive();
            Memory memory = files.get(generation);
            if (memory == null) {
                return Segment.open(Path.of("/crash-world/generation-" + generation), 0, 0)
                        .memory();
            }
            return new CrashingMemory(memory, point);
        }

        @Override
        public void remove(long generation) {
            point.checkAlive();
            if (files.containsKey(generation)) {
                point.before("remove generation " + generation);
                files.remove(generation);
            }
        }
    }

    /** Another party's handle. */
    SharedList<Object> join(CrashPoint point) {
        return handle(CrashParty.join(world, point), false);
    }

    private SharedList<Object> handle(CrashParty party, boolean maker) {
        var cell = party.cell(ListLayout.KIND, ListLayout.VERSION, 0, CELL_BYTES, maker);
        ListCore core = new ListCore(party.participant(), cell, new Files(party.point()));
        if (maker) {
            cell.publish();
        }
        return new ListHandle<>(core, maker);
    }

    /** Whether somebody holds the list's lock. */
    boolean isBeingChanged() {
        long lock = survivor.cell(ListLayout.KIND, ListLayout.VERSION, 0, CELL_BYTES, false)
                        .body()
                + ListLayout.LOCK;
        return new RobustLock(survivor.participant(), survivor.memory(), lock).owner() != PartyId.NOBODY;
    }

    Set<Long> generations() {
        return new TreeSet<>(files.keySet());
    }
}
