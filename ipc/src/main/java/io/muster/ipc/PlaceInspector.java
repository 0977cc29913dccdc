package io.muster.ipc;

import io.muster.ipc.channel.ChannelObjects;
import io.muster.ipc.channel.ChannelView;
import io.muster.ipc.data.DataObjects;
import io.muster.ipc.internal.cell.CellCensus;
import io.muster.ipc.internal.cell.NamedCells;
import io.muster.ipc.internal.cell.NamedObject;
import io.muster.ipc.memory.PlaceDirectory;
import io.muster.ipc.memory.PlaceException;
import io.muster.ipc.memory.PlaceView;
import io.muster.ipc.memory.SegmentException;
import io.muster.ipc.memory.SegmentFile;
import io.muster.ipc.memory.SegmentKind;
import io.muster.ipc.sync.SyncObjects;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Looks at named places and sessions from outside, and removes places: what {@code bin/muster shm} shows and does. Looking
 * changes nothing and joins nothing. Thread-safe.
 */
public final class PlaceInspector {
    private PlaceInspector() {}

    /**
     * What a place or session holds, at one moment.
     *
     * @param view who is in it, and how large it is
     * @param named its objects with names, in the order of these
     * @param unnamed what else lies in it, by kind
     * @param channels the pipes and queues among these, one by one
     */
    public record Report(
            PlaceView view, List<NamedEntry> named, List<UnnamedEntry> unnamed, List<ChannelView> channels) {}

    /**
     * An object with a name.
     *
     * @param makerPid of the process that made it, in that process's own words
     * @param madeAtMillis when, in milliseconds of the epoch
     * @param bytes of its files
     * @param state what can be said at a glance: how many entries, who holds it; or empty
     */
    public record NamedEntry(String name, String type, long makerPid, long madeAtMillis, long bytes, String state) {}

    /**
     * Objects of one kind that have no names.
     *
     * @param kind four letters, as {@link io.muster.ipc.memory.SegmentKind} has them
     * @param count how many there are
     * @param bytes what they take together
     */
    public record UnnamedEntry(String kind, long count, long bytes) {}

    /** All named places and sessions of this user. */
    public static List<Report> all() {
        List<Report> reports = new ArrayList<>();
        for (PlaceView view : PlaceView.all()) {
            reports.add(report(view));
        }
        return reports;
    }

    /**
     * One of them.
     *
     * @param place its name, or the path of its directory, which has a slash in it
     * @throws PlaceException if there is none
     */
    public static Report look(String place) {
        return report(PlaceView.of(find(place)));
    }

    private static Path find(String place) {
        Objects.requireNonNull(place, "place");
        Path named = place.indexOf(File.separatorChar) >= 0 ? null : PlaceView.find(place);
        if (named != null) {
            return named;
        }
        Path path = Path.of(place);
        if (!Files.isDirectory(path)) {
            throw new PlaceException("there is no place '" + place + "'; those there are: bin/muster shm list");
        }
        return path;
    }

    private static Report report(PlaceView view) {
        List<NamedEntry> named = new ArrayList<>();
        List<ChannelView> channels = new ArrayList<>();
        CellCensus census =
                new CellCensus(view.path(), (in, id, kind, body) -> add(channels, view, in, id, kind, body));
        for (NamedObject each : NamedCells.list(view.path())) {
            named.add(new NamedEntry(
                    each.name(), each.type(), each.makerPid(), each.madeAtMillis(), each.bytes(), state(view, each)));
            addNamed(channels, view, each);
            census.leaveOut(each);
        }
        List<UnnamedEntry> unnamed = new ArrayList<>();
        census.count()
                .forEach((kind, tally) -> unnamed.add(
                        new UnnamedEntry(SegmentKind.toString(kind).replace("'", ""), tally.count(), tally.bytes())));
        return new Report(view, named, unnamed, channels);
    }

    private static void addNamed(List<ChannelView> channels, PlaceView view, NamedObject object) {
        try (SegmentFile in = object.openFile()) {
            add(channels, view, in, object.name(), object.kind(), object.body());
        } catch (IOException | SegmentException e) {
            // Removed or damaged meanwhile: there is nothing to tell of it.
        }
    }

    private static void add(List<ChannelView> channels, PlaceView view, SegmentFile in, String id, int kind, long body)
            throws IOException {
        ChannelView channel = ChannelObjects.view(in, id, kind, body, party -> nameOf(view, party));
        if (channel != null) {
            channels.add(channel);
        }
    }

    private static String nameOf(PlaceView view, long partyId) {
        for (PlaceView.Occupant each : view.occupants()) {
            if (each.party().id() == partyId) {
                return each.party().pid() + " '" + each.party().name() + "'"
                        + (each.life() == PlaceView.Life.GONE ? ", which has ended" : "");
            }
        }
        return "one that has ended";
    }

    private static String state(PlaceView view, NamedObject object) {
        String state = SyncObjects.state(object, id -> describe(view, id));
        return state.isEmpty() ? DataObjects.state(object) : state;
    }

    private static String describe(PlaceView view, long partyId) {
        for (PlaceView.Occupant each : view.occupants()) {
            if (each.party().id() == partyId) {
                return "process " + each.party().pid()
                        + (each.life() == PlaceView.Life.GONE ? ", which has ended" : "");
            }
        }
        return "a process that has ended";
    }

    /**
     * Removes a place with all that is in it.
     *
     * @param place its name or path
     * @param force also if somebody takes part in it: who uses its objects finds them closed, and who opens the place again
     *     makes a new one
     * @throws PlaceException if there is none, or somebody takes part in it and {@code force} is false
     */
    public static void remove(String place, boolean force) {
        Path path = find(place);
        if (!force) {
            PlaceDirectory.remove(path);
            return;
        }
        if (!PlaceDirectory.isPlace(path)) {
            throw new PlaceException(path + " is no named place: nothing was removed");
        }
        try (PlaceManager manager = PlaceManager.open(path)) {
            manager.removePlace();
        }
    }

    /**
     * Removes one object of a place.
     *
     * @param force also if somebody takes part in the place: who uses the object finds it closed
     * @return false if there is none of that name
     * @throws PlaceException if there is no such place, or somebody takes part in it and {@code force} is false
     */
    public static boolean remove(String place, String name, boolean force) {
        Objects.requireNonNull(name, "name");
        Path path = find(place);
        List<PlaceView.Occupant> living = PlaceView.of(path).living();
        if (!force && !living.isEmpty()) {
            throw new PlaceException("the place " + path + " is in use by "
                    + living.get(0).party() + (living.size() > 1 ? " and " + (living.size() - 1) + " more" : "")
                    + ": nothing was removed");
        }
        if (!PlaceDirectory.isPlace(path)) {
            throw new PlaceException(path + " is no named place: nothing was removed");
        }
        try (Manager manager = Manager.open(path)) {
            return manager.remove(name);
        }
    }
}
