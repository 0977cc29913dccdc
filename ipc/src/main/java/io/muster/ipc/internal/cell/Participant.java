package io.muster.ipc.internal.cell;

import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.FileRoom;
import io.muster.ipc.memory.Judgement;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.PartyId;
import io.muster.ipc.memory.Place;
import io.muster.ipc.memory.Segment;
import io.muster.ipc.wait.Parking;
import io.muster.ipc.wait.WaitWord;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * This process as a party of one place: who it is there, who of the others is dead, how it sleeps, and which shared
 * objects of the place it knows. Every structure is given one, never a static, so that a test can have many parties, and
 * their deaths, in one JVM.
 *
 * <p>Thread-safe. {@link Participants} has the ones of this JVM.
 */
public final class Participant {
    private static final int FEWEST_TO_LOOK_AT = 64;
    private static final String ALONE_PREFIX = "alone~";

    private final Path directory;
    private final Place place;
    private final Parking parking;
    private final AtomicLong fileNumbers = new AtomicLong();
    private final CellStore cells;
    private final Map<String, Segment> segments = new ConcurrentHashMap<>();
    /** By file and offset; a new generation takes the place of an old one. */
    private final Map<String, Known> objects = new ConcurrentHashMap<>();

    private final Map<Class<?>, Object> companions = new ConcurrentHashMap<>();

    private volatile int lookForClosedAt = FEWEST_TO_LOOK_AT;

    private record Known(int generation, Object object) {}

    /**
     * @param directory where the place keeps its files
     * @param place joined
     * @param parking how its threads sleep
     */
    public Participant(Path directory, Place place, Parking parking) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.place = Objects.requireNonNull(place, "place");
        this.parking = Objects.requireNonNull(parking, "parking");
        this.cells = new CellStore(
                directory,
                "cells-" + Long.toString(place.self(), Character.MAX_RADIX) + "-",
                fileNumbers::incrementAndGet,
                System::nanoTime);
    }

    /** This process's id in the place. */
    public long self() {
        return place.self();
    }

    public Place place() {
        return place;
    }

    public Path directory() {
        return directory;
    }

    /** Where this process's new small objects get their bytes. */
    public CellStore cells() {
        return cells;
    }

    /**
     * A name for a new file of the place that nobody has used or will use; the file is not made.
     *
     * @param prefix what it is for, such as {@code map}
     */
    public Path newFile(String prefix) {
        return directory.resolve(
                prefix + "-" + Long.toString(self(), Character.MAX_RADIX) + "-" + fileNumbers.incrementAndGet());
    }

    /** A word to sleep on, which deaths in the place wake too. */
    public WaitWord waitWord(Memory memory, long offset) {
        return new WaitWord(memory, offset, place.memory(), place.deathsOffset()).withParking(parking);
    }

    /**
     * Whether the table says that this party is dead: a load, and once true it stays true.
     *
     * @throws CorruptSegmentException if no party can have that id
     */
    public boolean isDead(long partyId) {
        return place.isDead(checked(partyId));
    }

    /** Hears the witnesses too, which takes some 30 microseconds: before a sleep, and once a slice. */
    public boolean isDeadByWitnesses(long partyId) {
        return place.judge(checked(partyId)) == Judgement.DEAD;
    }

    private long checked(long partyId) {
        if (partyId <= PartyId.NOBODY || partyId >= PartyId.CLOSED || PartyId.slot(partyId) >= place.capacity()) {
            throw new CorruptSegmentException("0x" + Long.toHexString(partyId) + " stands where the id of a process"
                    + " should, in " + directory + ": these bytes were overwritten by somebody");
        }
        return partyId;
    }

    /** For messages: name and pid of a party, as far as the table knows. */
    public String describe(long partyId) {
        boolean known =
                partyId > PartyId.NOBODY && partyId < PartyId.CLOSED && PartyId.slot(partyId) < place.capacity();
        return known ? place.describe(partyId) : "nobody";
    }

    /**
     * A cell full of zeros in a file of its own, for objects that are large or that any of their users may end. Whoever ends it
     * unlinks its {@link #fileOf file}.
     *
     * @param what it is, for the file's name
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    public Cell allocateAlone(String what, int kind, int version, long bodyBytes) {
        long bytes = CellLayout.cellBytes(bodyBytes);
        Segment segment =
                Segment.create(newFile(ALONE_PREFIX + what), CellLayout.SEGMENT_KIND, CellLayout.VERSION, bytes);
        String file = segment.path().getFileName().toString();
        segments.put(file, segment);
        return Cell.prepare(segment.memory(), 0, kind, version, bytes, new CellRef(directory.toString(), file, 0, 1));
    }

    /** The file that a cell lies in. */
    public Path fileOf(Cell cell) {
        return directory.resolve(cell.ref().file());
    }

    private static boolean isAlone(CellRef ref) {
        return ref.file().startsWith(ALONE_PREFIX) || NamedObject.isFileName(ref.file());
    }

    /**
     * Makes this process know a new object, before its handle can travel.
     *
     * @param object the one object that stands for the cell in this process
     */
    public void add(Cell cell, Object object) {
        objects.put(key(cell.ref()), new Known(cell.ref().generation(), object));
    }

    /**
     * The one object that stands for a cell in this process, made now if this is the first handle that comes here.
     *
     * @param make may run twice at once for the same cell; one of the two objects is forgotten before it was used
     * @throws io.muster.ipc.memory.ClosedObjectException if the object was closed meanwhile
     * @throws CorruptSegmentException if no such object is there, or of another kind or version
     */
    public <T> T attach(CellRef ref, int kind, int version, Class<T> type, Function<Cell, T> make) {
        Known known = objects.get(key(ref));
        if (known == null || known.generation != ref.generation()) {
            Cell cell = find(ref, kind, version);
            Known made = new Known(ref.generation(), make.apply(cell));
            known = objects.merge(key(ref), made, (old, fresh) -> old.generation - fresh.generation >= 0 ? old : fresh);
            forgetClosed();
        }
        if (!type.isInstance(known.object)) {
            throw new CorruptSegmentException(
                    ref + " is a " + known.object.getClass().getSimpleName() + ", not a " + type.getSimpleName());
        }
        return type.cast(known.object);
    }

    /** Nobody tells this process what others have closed: it looks when there are twice as many as were open at the last look. */
    private void forgetClosed() {
        if (objects.size() < lookForClosedAt) {
            return;
        }
        for (Known known : objects.values()) {
            if (known.object instanceof SharedCore core && isClosed(core.cell())) {
                forget(core.cell());
            }
        }
        lookForClosedAt = Math.max(FEWEST_TO_LOOK_AT, 2 * objects.size());
    }

    private static boolean isClosed(Cell cell) {
        try {
            return !cell.isOpen();
        } catch (InternalError e) {
            return true; // Its file was truncated by somebody, and who uses it is told so.
        }
    }

    /** Under the name of an object that was removed another file may lie by now. */
    private Cell find(CellRef ref, int kind, int version) {
        Segment segment = segment(ref.file());
        try {
            return Cell.find(segment.memory(), kind, version, ref);
        } catch (ClosedObjectException | CorruptSegmentException e) {
            if (!NamedObject.isFileName(ref.file())) {
                throw e;
            }
            segments.remove(ref.file(), segment);
            return Cell.find(segment(ref.file()).memory(), kind, version, ref);
        }
    }

    private Segment segment(String file) {
        Path path = directory.resolve(file);
        if (!directory.equals(path.getParent())) {
            throw new CorruptSegmentException("'" + file + "' is no file of " + directory);
        }
        return segments.computeIfAbsent(file, name -> Segment.open(path, CellLayout.SEGMENT_KIND, CellLayout.VERSION));
    }

    /**
     * Forgets an object that this process has closed for all, and takes its cell back; that of a named object goes with its file.
     *
     * @param known whether its handle has ever left this process
     */
    public void free(Cell cell, boolean known) {
        forget(cell);
        if (!isAlone(cell.ref())) {
            cells.free(cell, known);
        }
    }

    /** Forgets an object that somebody has closed. */
    public void forget(Cell cell) {
        objects.computeIfPresent(
                key(cell.ref()), (key, old) -> old.generation == cell.ref().generation() ? null : old);
        if (isAlone(cell.ref())) {
            segments.remove(cell.ref().file());
        }
        FileRoom.noteLeftMapping();
    }

    /**
     * The one object of its class that goes with this participant, made when it is first asked for.
     *
     * @param make quick; must not ask for companions itself
     */
    public <T> T companion(Class<T> type, Function<Participant, T> make) {
        Object known = companions.get(type);
        return type.cast(known != null ? known : companions.computeIfAbsent(type, key -> make.apply(this)));
    }

    /** How many objects, and files of them, this process keeps. */
    int knownObjects() {
        return Math.max(objects.size(), segments.size());
    }

    private static String key(CellRef ref) {
        return ref.file() + "@" + ref.offset();
    }

    @Override
    public String toString() {
        return "party 0x" + Long.toHexString(self()) + " of " + directory;
    }
}
