package io.muster.ipc.internal.bell;

import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.PartyId;
import io.muster.ipc.memory.PlaceDirectory;
import io.muster.ipc.memory.Segment;
import io.muster.ipc.memory.SegmentException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The strips of one place, as this process knows them: its own, which it gives to its bells, and those of others, in which it
 * rings. Thread-safe. Death: the files of a process go with its session; in a named place others remove them.
 */
public class Bells {
    private final Participant participant;
    /** Of any party: by party, then number of the file. */
    private final Map<Long, Map<Integer, Memory>> files = new ConcurrentHashMap<>();

    private final ArrayDeque<Strip> free = new ArrayDeque<>();
    private int strips;

    /** One strip of this process's. */
    record Strip(int number, Memory memory, long at) {}

    protected Bells(Participant participant) {
        this.participant = participant;
    }

    /** Those of a participant's place. */
    public static Bells of(Participant participant) {
        return participant.companion(Bells.class, Bells::new);
    }

    final Participant participant() {
        return participant;
    }

    /** A strip that no bell has; its bits may be anything, as rings come late. */
    final synchronized Strip take() {
        Strip again = free.poll();
        if (again != null) {
            return again;
        }
        if (strips == BellLayout.MOST_STRIPS) {
            throw new IllegalStateException("this process waits for " + strips + " times " + BellLayout.LINES_PER_STRIP
                    + " things already; close wait sets that are not in use");
        }
        int number = strips;
        int file = number / BellLayout.STRIPS_PER_FILE;
        if (number % BellLayout.STRIPS_PER_FILE == 0) {
            known(participant.self()).put(file, create(file));
        }
        strips++;
        return new Strip(number, known(participant.self()).get(file), at(participant.self(), number));
    }

    final synchronized void giveBack(Strip strip) {
        free.push(strip);
    }

    /** The bytes of a file of that party, or null if they cannot be had. */
    final Memory find(long party, int strip) {
        Map<Integer, Memory> known = known(party);
        int file = strip / BellLayout.STRIPS_PER_FILE;
        Memory memory = known.get(file);
        if (memory == null) {
            memory = open(party, file);
            if (memory != null) {
                known.put(file, memory);
            }
        }
        return memory;
    }

    /** Lets go of what belonged to the dead. */
    final void forgetDead() {
        files.keySet().removeIf(party -> party != participant.self() && participant.isDead(party));
    }

    private Map<Integer, Memory> known(long party) {
        return files.computeIfAbsent(party, key -> new ConcurrentHashMap<>());
    }

    /** Where in its file a strip of that party's lies. */
    protected long at(long party, int strip) {
        return (long) (strip % BellLayout.STRIPS_PER_FILE) * BellLayout.STRIP_BYTES;
    }

    /** A new file of this party's. A session goes with its processes; a named place does not. */
    protected Memory create(int file) {
        Path path = participant.directory().resolve(BellLayout.fileName(participant.self(), file));
        if (PlaceDirectory.isPlace(participant.directory())) {
            deleteThoseOfTheDead();
            path.toFile().deleteOnExit();
        }
        return Segment.create(
                        path,
                        BellLayout.KIND,
                        BellLayout.VERSION,
                        (long) BellLayout.STRIPS_PER_FILE * BellLayout.STRIP_BYTES)
                .memory();
    }

    private void deleteThoseOfTheDead() {
        String[] names = participant.directory().toFile().list();
        for (String name : names == null ? new String[0] : names) {
            long owner = BellLayout.ownerOfFile(name);
            if (owner != PartyId.NOBODY && isDead(owner)) {
                participant.directory().resolve(name).toFile().delete();
            }
        }
    }

    private boolean isDead(long owner) {
        try {
            return participant.isDead(owner);
        } catch (CorruptSegmentException e) {
            return false;
        }
    }

    /** A file of another party, or null if it cannot be had: who waits there looks by itself after a slice. */
    protected Memory open(long party, int file) {
        try {
            return Segment.open(
                            participant.directory().resolve(BellLayout.fileName(party, file)),
                            BellLayout.KIND,
                            BellLayout.VERSION)
                    .memory();
        } catch (SegmentException e) {
            System.getLogger(Bells.class.getName())
                    .log(System.Logger.Level.DEBUG, "cannot ring " + participant.describe(party), e);
            return null;
        }
    }
}
