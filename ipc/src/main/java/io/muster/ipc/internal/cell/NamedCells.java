package io.muster.ipc.internal.cell;

import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.FileSteps;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.PlaceException;
import io.muster.ipc.memory.Segment;
import io.muster.ipc.memory.SegmentException;
import io.muster.ipc.memory.WrongObjectException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The named objects of one place, a file each: made by whoever asks first, found by all others, in whatever process and at
 * whatever time.
 *
 * <p>A file is complete when it gets its name, and only one of several makers can give it. Removing begins with the one store
 * that ends the object for all, {@link Cell#retire}; from then on the file is rubbish, which whoever finds it unlinks, with the
 * place's lock for that: so nobody ever unlinks what another has just made under the same name.
 *
 * <p>Thread-safe. Death: a process killed anywhere leaves the object made or not, there or removed; and files that only it
 * knew, which go an hour later, or with the object.
 */
public final class NamedCells {
    private static final long LIMIT_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MOST_ATTEMPTS = 100;
    private static final long RETRY_NANOS = 100_000;
    private static final long UNFINISHED_GRACE_MILLIS = Duration.ofHours(1).toMillis();

    private final Participant participant;
    private final Path directory;
    private final FileSteps steps;

    public NamedCells(Participant participant) {
        this(participant, FileSteps.UNWATCHED);
    }

    /** @param steps is told of each step that others could see: tests die there */
    NamedCells(Participant participant, FileSteps steps) {
        this.participant = Objects.requireNonNull(participant, "participant");
        this.directory = participant.directory();
        this.steps = steps;
    }

    /**
     * With what the names of an object's other files begin, so that they go with it.
     *
     * @param cell the object's, named
     */
    public static String dataPrefix(Cell cell) {
        return NamedLayout.DATA_PREFIX + cell.ref().generation();
    }

    /** Whether the object has a name, and lives until that is removed. */
    public static boolean isNamed(CellRef ref) {
        return NamedObject.isFileName(ref.file());
    }

    /**
     * The object of that name, made now if there is none.
     *
     * @return where it is, for {@link Participant#attach}
     * @throws WrongObjectException if another kind of object has that name
     * @throws CorruptSegmentException if its file is damaged, or of another version of Muster
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room to make it
     * @throws IllegalArgumentException if it cannot be a name, see {@link io.muster.ipc.memory.ObjectName}
     */
    public CellRef open(String name, NamedSpec spec) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(spec, "spec");
        long start = System.nanoTime();
        while (true) {
            NamedObject found = NamedObject.read(directory, name);
            if (found == null) {
                CellRef made = make(name, spec);
                if (made != null) {
                    return made;
                }
            } else if (found.open()) {
                return checked(found, spec).ref();
            } else {
                unlinkRetired(name, start);
            }
        }
    }

    /**
     * The one object that stands for that name in this process; the object is made now if there is none.
     *
     * @param make given its cell
     * @throws WrongObjectException and the others as {@link #open} does
     */
    public <C extends SharedCore> C attach(
            String name, NamedSpec spec, Class<C> type, BiFunction<Participant, Cell, C> make) {
        for (int attempt = 1; ; attempt++) {
            CellRef ref = open(name, spec);
            try {
                return participant.attach(
                        ref, spec.kind(), spec.version(), type, cell -> make.apply(participant, cell));
            } catch (ClosedObjectException e) {
                // Removed since, a moment ago; who removes it again and again gets his way.
                if (attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            } catch (SegmentException e) {
                if (attempt == MOST_ATTEMPTS || Files.exists(directory.resolve(ref.file()))) {
                    throw e;
                }
            }
        }
    }

    private NamedObject checked(NamedObject found, NamedSpec spec) {
        if (found.kind() != spec.kind() || !found.type().equals(spec.type())) {
            throw new WrongObjectException("'" + found.name() + "' in " + directory + " is a " + found.type()
                    + ", made by process " + found.makerPid() + ", and was asked for as a " + spec.type()
                    + ". Ask for what it is, use another name, or remove it: bin/muster shm remove");
        }
        if (found.version() != spec.version()) {
            throw new CorruptSegmentException("'" + found.name() + "' in " + directory + " is a " + found.type()
                    + " of layout version " + found.version() + "; this program knows version " + spec.version()
                    + ". Let all programs that share it use one version of Muster.");
        }
        return found;
    }

    /** Null if somebody else was first. */
    private CellRef make(String name, NamedSpec spec) {
        String file = NamedObject.fileName(name);
        byte[] type = NamedLayout.typeBytes(spec.type());
        long at = NamedLayout.cell(type.length);
        CellRef ref =
                new CellRef(directory.toString(), file, at, participant.place().nextObjectNumber());
        long cellBytes = CellLayout.cellBytes(spec.bodyBytes());
        boolean published = false;
        try {
            Optional<Segment> made = Segment.createNew(
                    directory.resolve(file),
                    CellLayout.SEGMENT_KIND,
                    CellLayout.VERSION,
                    at + cellBytes,
                    memory -> {
                        describe(memory, ref, spec, type);
                        Cell cell = Cell.prepare(memory, at, spec.kind(), spec.version(), cellBytes, ref);
                        spec.format().accept(cell);
                        cell.publish();
                    },
                    steps);
            published = made.isPresent();
            return published ? ref : null;
        } catch (RuntimeException e) {
            // Named, or another of the same name, or none: which of them is decided by who finds it.
            NamedObject found = NamedObject.read(directory, name);
            published = found != null && found.ref().equals(ref);
            throw e;
        } finally {
            if (!published) {
                deleteData(describe(name, ref, spec));
            }
        }
    }

    private static void describe(Memory memory, CellRef ref, NamedSpec spec, byte[] type) {
        memory.putInt(NamedLayout.FORMAT, NamedLayout.FORMAT_NOW);
        memory.putInt(NamedLayout.CELL, (int) ref.offset());
        memory.putInt(NamedLayout.KIND, spec.kind());
        memory.putInt(NamedLayout.VERSION, spec.version());
        memory.putInt(NamedLayout.NUMBER, ref.generation());
        memory.putInt(NamedLayout.TYPE_LENGTH, type.length);
        memory.putLong(NamedLayout.MAKER, ProcessHandle.current().pid());
        memory.putLong(NamedLayout.MADE_AT, System.currentTimeMillis());
        memory.putBytes(NamedLayout.TYPE, type, 0, type.length);
    }

    private static NamedObject describe(String name, CellRef ref, NamedSpec spec) {
        return new NamedObject(name, spec.kind(), spec.version(), spec.type(), ref, 0, 0, false);
    }

    /** The object of that name, if there is one; without attaching to it. */
    public Optional<NamedObject> find(String name) {
        return Optional.ofNullable(NamedObject.read(directory, name)).filter(NamedObject::open);
    }

    /** All objects of the place that have names, in the order of these; those that are damaged are left out. */
    public List<NamedObject> list() {
        return list(directory);
    }

    /** The same for a place that this process need not take part in. */
    public static List<NamedObject> list(Path directory) {
        return list(directory, damaged -> {});
    }

    private static List<NamedObject> list(Path directory, Consumer<String> damaged) {
        List<NamedObject> objects = new ArrayList<>();
        String[] files = directory.toFile().list();
        for (String file : files == null ? new String[0] : files) {
            String name = NamedObject.nameOf(file);
            try {
                NamedObject object = name == null ? null : NamedObject.read(directory, name);
                if (object != null && object.open()) {
                    objects.add(object);
                }
            } catch (RuntimeException e) {
                damaged.accept(file);
            }
        }
        objects.sort((a, b) -> a.name().compareTo(b.name()));
        return objects;
    }

    /**
     * Ends the object of that name for everybody, and removes its files: who waits for it, or uses it afterwards, gets a
     * {@link io.muster.ipc.memory.ClosedObjectException}. The name is free then.
     *
     * @param attach gives what stands for the object in this process, so that it ends as its kind wants, and for others that
     *     end with it; nothing if this program does not know the kind: then it is ended by its cell alone
     * @return false if there is none of that name
     * @throws CorruptSegmentException if it is damaged: then only removing its file by hand helps
     */
    public boolean remove(String name, Function<NamedObject, List<? extends SharedCore>> attach) {
        long start = System.nanoTime();
        NamedObject found = NamedObject.read(directory, name);
        if (found == null) {
            return false;
        }
        boolean removed = found.open();
        if (removed) {
            steps.before("retire " + found.ref());
            attachTo(found, attach).forEach(NamedCells::end);
            retire(found);
        }
        unlinkRetired(name, start);
        return removed;
    }

    /** Somebody may be removing it at this moment. */
    private static List<? extends SharedCore> attachTo(
            NamedObject found, Function<NamedObject, List<? extends SharedCore>> attach) {
        try {
            return attach.apply(found);
        } catch (ClosedObjectException e) {
            return List.of();
        }
    }

    private static void end(SharedCore core) {
        try {
            core.closeForAll();
        } catch (ClosedObjectException e) {
            // Another process was faster.
        }
    }

    private void retire(NamedObject object) {
        try {
            Memory memory = Segment.open(
                            directory.resolve(object.ref().file()), CellLayout.SEGMENT_KIND, CellLayout.VERSION)
                    .memory();
            Cell.find(memory, object.kind(), object.version(), object.ref()).retire();
        } catch (ClosedObjectException e) {
            // Ended by its own kind, or by another process.
        } catch (SegmentException e) {
            if (Files.exists(directory.resolve(object.ref().file()))) {
                throw e;
            }
        }
    }

    /** Removes the file of an object that has ended; another one of the same name, made meanwhile, stays. */
    private void unlinkRetired(String name, long start) {
        while (!participant.place().tryLockNames()) {
            if (System.nanoTime() - start > LIMIT_NANOS) {
                throw new PlaceException("another process has been about to remove an object from " + directory
                        + " for " + LIMIT_NANOS / 1_000_000_000 + " s: is it stopped? End it, or let it go on.");
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
        try {
            NamedObject found = NamedObject.read(directory, name);
            if (found != null && !found.open()) {
                deleteData(found);
                steps.before("unlink " + found.ref());
                Files.deleteIfExists(directory.resolve(found.ref().file()));
            }
        } catch (IOException e) {
            throw new PlaceException("cannot remove the object '" + name + "' from " + directory, e);
        } finally {
            participant.place().unlockNames();
        }
    }

    /** All files of an object but the one that says what it is, which goes last. */
    private void deleteData(NamedObject object) {
        List<Path> files = object.files();
        for (Path file : files.subList(1, files.size())) {
            steps.before("delete " + file);
            file.toFile().delete();
        }
    }

    /**
     * Removes files of objects that are not there: what makers and removers that were killed have left an hour ago. None while
     * there is an object that cannot be read, as another version of Muster may read it: which files are its own is not known.
     */
    public void removeOrphans() {
        File[] files = directory.toFile().listFiles((parent, file) -> NamedObject.isData(file));
        if (files == null || files.length == 0) {
            return;
        }
        // Listed after the files: whose data was there then has a name by now, or is being made.
        List<String> damaged = new ArrayList<>();
        List<NamedObject> objects = list(directory, damaged::add);
        if (!damaged.isEmpty()) {
            return;
        }
        for (File file : files) {
            boolean old = file.lastModified() != 0
                    && System.currentTimeMillis() - file.lastModified() > UNFINISHED_GRACE_MILLIS;
            if (old && objects.stream().noneMatch(object -> object.isDataOf(file.getName()))) {
                steps.before("delete " + file);
                file.delete();
            }
        }
    }
}
