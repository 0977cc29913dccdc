package io.muster.internal.launch;

import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.memory.SessionDirectory;
import java.nio.file.Path;
import java.util.UUID;

/** What a launch needs of the session that parent and child share. */
final class Session {
    private static final String TOKEN = UUID.randomUUID().toString();

    private final SessionDirectory directory;

    private Session(SessionDirectory directory) {
        this.directory = directory;
    }

    /** The session of this JVM, made or joined now if that has not happened yet. */
    static Session current() {
        return new Session(SessionDirectory.current());
    }

    Path directory() {
        return directory.path();
    }

    /** A name for a new file in it. */
    Path newFile(String prefix) {
        return directory.newFile(prefix);
    }

    /** The secret that opens this parent's servers. */
    String token() {
        return TOKEN;
    }

    /** Reserves a party id for a child. */
    long reserve(String name) {
        return directory.place().reserve(name);
    }

    /** The child with that id was never started. */
    void reaped(long partyId) {
        directory.place().reaped(partyId);
    }

    /** The child with that id and pid has ended. */
    void reaped(long partyId, long pid) {
        reaped(partyId);
        Participants.childEnded(pid);
    }
}
