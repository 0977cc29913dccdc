package io.muster.ipc.memory;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A place and some memory beside it, shared by any number of parties in one JVM, each of which may die at any step: the
 * fresh world in which the crash points of a structure run.
 */
public final class CrashWorld {
    private static final int CAPACITY = 8;

    private final FakeKernel kernel = new FakeKernel();
    private final Memory table;
    private final Memory shared;
    private final List<View> parties = new ArrayList<>();

    /** One party's view of the world: its place, and its memory, which dies with it. */
    public record View(CrashPoint point, Place place, Memory memory) {}

    /** @param bytes of shared memory, all zero */
    public CrashWorld(int bytes) {
        table = allocate((int) PlaceLayout.bodyBytes(CAPACITY));
        shared = allocate(bytes);
        PartyTable.format(table, CAPACITY, 2, kernel.start().self());
    }

    private static Memory allocate(int bytes) {
        return Memory.wrap(ByteBuffer.allocateDirect(bytes + Long.BYTES).alignedSlice(Long.BYTES));
    }

    /**
     * A party that has joined. Its death at {@code point} is what the kernel sees too; the place's own steps do not count, as
     * they have tests of their own.
     */
    public View join(CrashPoint point) {
        FakeKernel.Process process = kernel.start();
        Place place = process.place(table);
        place.join("party");
        point.onDeath(process::kill);
        View view = new View(point, place, new CrashingMemory(shared, point));
        parties.add(view);
        return view;
    }

    /** As a parent does that has seen processes end: then nobody has to find that out by waiting. */
    public void announceDeaths() {
        Place living = parties.stream()
                .filter(party -> !party.point.isDead())
                .findFirst()
                .orElseThrow()
                .place;
        for (View party : parties) {
            if (party.point.isDead()) {
                living.judge(party.place.self());
            }
        }
    }

    /** One that lives until it is killed. */
    public View join() {
        return join(CrashPoint.never());
    }

    /** The bytes themselves, for assertions: as a party sees them that never dies and stores nothing. */
    public Memory shared() {
        return shared;
    }
}
