package io.muster.ipc.internal.cell;

import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.memory.CrashWorld;
import io.muster.ipc.memory.SegmentKind;
import io.muster.ipc.wait.CrashingParking;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A place with named objects of a kind that is only there for tests: a number, and a file of its own beside its cell. */
final class NamedWorld {
    static final int KIND = SegmentKind.of("TSTN");
    static final int VERSION = 1;

    private final CrashWorld world = new CrashWorld(64);
    final Path directory;
    final Party survivor;

    NamedWorld(Path directory) {
        try {
            this.directory = Files.createDirectory(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.survivor = join();
    }

    /** What stands for such an object in one process. */
    static final class Core extends SharedCore {
        Core(Participant participant, Cell cell) {
            super(participant, cell);
        }

        long value() {
            cell().checkOpen();
            return cell().memory().getLong(cell().body());
        }

        @Override
        protected void retire() {
            cell().retire();
        }
    }

    /** One process. */
    final class Party {
        final Participant participant;
        final NamedCells names;
        private final CrashPoint point;

        Party(CrashPoint point) {
            this.point = point;
            this.participant = new Participant(directory, world.join(point).place(), new CrashingParking(point));
            this.names = new NamedCells(participant, point);
        }

        NamedSpec spec(String type, long value) {
            return new NamedSpec(KIND, VERSION, type, Long.BYTES, cell -> {
                cell.memory().putLong(cell.body(), value);
                point.before("create data");
                createFile(directory.resolve(NamedCells.dataPrefix(cell) + ".x"));
            });
        }

        Core open(String name, long value) {
            return attach(names.open(name, spec("Number", value)));
        }

        Core attach(CellRef ref) {
            return participant.attach(ref, KIND, VERSION, Core.class, cell -> new Core(participant, cell));
        }

        boolean remove(String name) {
            return names.remove(name, object -> attach(object.ref()));
        }
    }

    Party join() {
        return join(CrashPoint.never());
    }

    Party join(CrashPoint point) {
        return new Party(point);
    }

    List<String> files() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void makeAllOld() {
        for (String file : files()) {
            if (!directory.resolve(file).toFile().setLastModified(System.currentTimeMillis() - 2 * 60 * 60 * 1000)) {
                throw new AssertionError(file);
            }
        }
    }

    private static void createFile(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
