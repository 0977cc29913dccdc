package io.muster.ipc.internal.cell;

import io.muster.ipc.memory.PlaceException;
import io.muster.ipc.memory.SessionDirectory;
import io.muster.ipc.wait.Parking;
import java.nio.file.Path;

/** The places that this JVM takes part in, and its {@link Participant} in each. Thread-safe. */
public final class Participants {

    private Participants() {}

    private static volatile Participant session;

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

    /**
     * This process in the place of that directory: for a handle that came from another process.
     *
     * @throws PlaceException if this process cannot take part in it
     */
    public static Participant at(String directory) {
        Participant ofSession = ofSession();
        if (ofSession.directory().equals(Path.of(directory))) {
            return ofSession;
        }
        throw new PlaceException("the shared object lies in " + directory + ", but this process belongs to the session "
                + ofSession.directory() + ": a handle means something only to the processes of one session");
    }
}
