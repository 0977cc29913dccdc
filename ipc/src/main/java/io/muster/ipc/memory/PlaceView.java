package io.muster.ipc.memory;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What a place or a session looks like from outside, at one moment: for tools. Looking changes nothing, takes no lock and
 * makes this process no party.
 *
 * @param path its directory
 * @param named whether it is a named place, which outlives its processes; else the session of one tree of them
 * @param occupants the parties that its table names and that are not known to be dead
 * @param mostAtOnce the high-water mark: how many processes, children about to start included, took part at the same time
 * @param bytes what its files take
 * @param freeBytes how much room there is beside them
 * @param problem why it cannot be read, or empty
 */
public record PlaceView(
        Path path,
        boolean named,
        List<Occupant> occupants,
        int mostAtOnce,
        long bytes,
        long freeBytes,
        String problem) {

    /** Whether a party is there. */
    public enum Life {
        /** Its process is there. */
        RUNS,
        /** Its process is gone, and nobody has noticed yet. */
        GONE,
        /** It cannot be seen from here: another pid namespace, or a child that is just being started. */
        UNKNOWN
    }

    /**
     * One party.
     *
     * @param party as the table has it
     * @param life as its process has it
     */
    public record Occupant(Party party, Life life) {}

    /** Named places and sessions of this user, wherever they can be, by path. */
    public static List<PlaceView> all() {
        List<PlaceView> views = new ArrayList<>();
        for (BaseDirectory base : BaseDirectory.candidates()) {
            String[] names = base.isUsable() ? base.path().toFile().list() : null;
            for (String name : names == null ? new String[0] : names) {
                Path path = base.path().resolve(name);
                if ((name.startsWith(PlaceDirectory.PREFIX) || SessionName.isSession(path))
                        && Files.isDirectory(path)) {
                    views.add(of(path));
                }
            }
        }
        views.sort(Comparator.comparing(PlaceView::path));
        return views;
    }

    /**
     * That place or session.
     *
     * @throws PlaceException if there is no such directory
     */
    public static PlaceView of(Path directory) {
        Path path =
                Objects.requireNonNull(directory, "directory").toAbsolutePath().normalize();
        if (!Files.isDirectory(path)) {
            throw new PlaceException("there is no place at " + path);
        }
        boolean named = PlaceDirectory.isPlace(path);
        long bytes = bytesIn(path.toFile());
        long free = FreeSpace.in(path).bytes();
        try {
            TableFile table = TableFile.read(path);
            return new PlaceView(path, named, occupants(table), mostAtOnce(table.table()), bytes, free, "");
        } catch (NoSuchFileException e) {
            return new PlaceView(path, named, List.of(), 0, bytes, free, "it has no party table, so it is no place");
        } catch (IOException | CorruptSegmentException e) {
            return new PlaceView(path, named, List.of(), 0, bytes, free, String.valueOf(e.getMessage()));
        }
    }

    /** The directory of the place that has this name, if it is somewhere; null if not. */
    public static Path find(String name) {
        return PlaceDirectory.find(PlaceDirectory.PREFIX + ObjectName.encode(name));
    }

    /** What users call it: a name, or the path of a place that is elsewhere. */
    public String name() {
        String file = path.getFileName().toString();
        String name = file.startsWith(PlaceDirectory.PREFIX)
                ? ObjectName.decode(file.substring(PlaceDirectory.PREFIX.length()))
                : null;
        return named && name != null && path.equals(find(name)) ? name : path.toString();
    }

    /** Those that run, or may. */
    public List<Occupant> living() {
        return occupants.stream().filter(each -> each.life() != Life.GONE).toList();
    }

    /** Who comes takes the first slot that is free, so as many were taken as there were processes at a time. */
    private static int mostAtOnce(PartyTable table) {
        int most = 0;
        for (int slot = 0; slot < table.capacity(); slot++) {
            if (PlaceLayout.phase(table.state(slot)) != PlaceLayout.FREE) {
                most = slot + 1;
            }
        }
        return most;
    }

    private static List<Occupant> occupants(TableFile file) {
        Self self = Self.current();
        if (!file.isOfBoot(self)) {
            return List.of();
        }
        Witness witness = new ProcWitness(self);
        PartyTable table = file.table();
        List<Occupant> occupants = new ArrayList<>();
        for (int slot = 0; slot < table.capacity(); slot++) {
            Party party = table.party(slot);
            if (party != null && PlaceLayout.phase(table.state(slot)) != PlaceLayout.DEAD) {
                occupants.add(new Occupant(party, life(witness, table, slot, party)));
            }
        }
        return occupants;
    }

    private static Life life(Witness witness, PartyTable table, int slot, Party party) {
        if (party.pid() == 0) {
            return Life.UNKNOWN;
        }
        switch (witness.of(party.pid(), table.startTicks(slot), table.pidNamespace(slot))) {
            case RUNS:
                return Life.RUNS;
            case GONE:
                return Life.GONE;
            default:
                return Life.UNKNOWN;
        }
    }

    private static long bytesIn(File directory) {
        File[] files = directory.listFiles();
        long bytes = 0;
        for (File file : files == null ? new File[0] : files) {
            bytes += file.isFile() ? file.length() : 0;
        }
        return bytes;
    }
}
