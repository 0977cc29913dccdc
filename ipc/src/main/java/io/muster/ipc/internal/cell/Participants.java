package io.muster.ipc.internal.cell;

import io.muster.ipc.memory.PlaceDirectory;
import io.muster.ipc.memory.PlaceException;
import io.muster.ipc.memory.SessionDirectory;
import io.muster.ipc.wait.Parking;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The places that this JVM takes part in, and its {@link Participant} in each. Thread-safe. */
public final class Participants {

    private Participants() {}

    private static volatile Participant session;
    private static final Map<Path, Participant> PLACES = new ConcurrentHashMap<>();

    /**
     * This process in its session, which is made or joined now if that has not happened yet.
     *
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it anywhere
     * @throws PlaceException if no place for it can be used, or the parent's session is not there any more
     */
    public static Participant ofSession() {
        Participant known = session;
        return known != null ? known : joinSession();
    }

    private static synchronized Participant joinSession() {
        if (session == null) {
            SessionDirectory directory = SessionDirectory.current();
            session = new Participant(directory.path(), directory.place(), Parking.configured());
        }
        return session;
    }

    /** This process in a named place. */
    public static Participant of(PlaceDirectory place) {
        return PLACES.compute(
                place.path(),
                (path, known) -> known != null && known.place() == place.place()
                        ? known
                        : new Participant(path, place.place(), Parking.configured()));
    }

    /**
     * This process in the place of that directory, which it joins now if it is a named one: for a handle that came from another
     * process.
     *
     * @throws PlaceException if this process cannot take part in it
     */
    public static Participant at(String directory) {
        Path path = Path.of(directory);
        Participant ofSession = session;
        if (ofSession != null && ofSession.directory().equals(path)) {
            return ofSession;
        }
        if (PlaceDirectory.isPlace(path)) {
            return of(PlaceDirectory.join(path));
        }
        if (ofSession().directory().equals(path)) {
            return ofSession();
        }
        throw new PlaceException("the shared object lies in " + directory + ", which is no place"
                + (Files.exists(path) ? "" : " any more") + ", but this process belongs to the session "
                + ofSession().directory() + ": a handle means something only to the processes of one session");
    }

    /** A child of this process has ended: announces that in the named places, where nobody else would. Never throws. */
    public static void childEnded(long pid) {
        for (Participant participant : PLACES.values()) {
            try {
                participant.place().ended(pid);
            } catch (RuntimeException e) {
                // A place that was damaged or removed: those who wait in it look for themselves.
                System.getLogger(Participants.class.getName())
                        .log(System.Logger.Level.DEBUG, "nobody could be judged in " + participant.directory(), e);
            }
        }
    }
}
