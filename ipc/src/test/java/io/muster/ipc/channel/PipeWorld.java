package io.muster.ipc.channel;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.CrashParty;
import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.memory.CrashWorld;
import io.muster.ipc.wait.Deadline;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Parties of a {@link CrashWorld} that share one pipe of the smallest ring; they poll, as they have no addresses. */
class PipeWorld {
    static final int RING = PipeLayout.LEAST_RING;
    static final int MOST_WHOLE = PipeLayout.mostInRecord(RING);
    static final long LIMIT_NANOS = 10_000_000_000L;
    private static final int PLACES = 8;

    final CrashWorld world = new CrashWorld(2048);
    final CrashParty survivor = CrashParty.join(world);
    final PipeCore core;
    final EndUse reader;
    final EndUse writer;
    CrashParty victim;

    PipeWorld() {
        Cell cell =
                survivor.cell(PipeLayout.KIND, PipeLayout.VERSION, 0, PipeLayout.bodyBytes(PLACES, RING) + 64, true);
        PipeCore.format(cell, PLACES, RING, null, null);
        cell.publish();
        core = new PipeCore(survivor.participant(), cell);
        reader = new EndUse(core, null, false);
        writer = new EndUse(null, core, false);
    }

    PipeCore join(CrashPoint point) {
        victim = CrashParty.join(world, point);
        return new PipeCore(victim.participant(), victim.cell(PipeLayout.KIND, PipeLayout.VERSION, 0, RING, false));
    }

    boolean isVictimDead() {
        return victim != null && victim.point().isDead();
    }

    /** As its parent does, which has reaped it. */
    PipeWorld announce() {
        if (isVictimDead()) {
            world.announceDeaths();
        }
        return this;
    }

    static String text(int length, char of) {
        return String.valueOf(of).repeat(length);
    }

    static boolean send(PipeCore core, EndUse end, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        try {
            return core.out.send(end, bytes, null, 0, bytes.length, Deadline.afterNanos(LIMIT_NANOS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static String receive(PipeCore core, EndUse end) throws IOException {
        try {
            if (!core.in.find(end, Deadline.afterNanos(LIMIT_NANOS))) {
                throw new AssertionError("nothing came in time through " + core);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        byte[] bytes = new byte[core.in.length()];
        core.in.copy(bytes, 0);
        core.in.take();
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /** Closes the survivor's writer and receives what is left; the end must come. */
    List<String> drain() {
        writer.run();
        return receiveAll();
    }

    /** Until the end. */
    List<String> receiveAll() {
        List<String> came = new ArrayList<>();
        try {
            while (true) {
                came.add(receive(core, reader));
            }
        } catch (EOFException e) {
            return came;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
