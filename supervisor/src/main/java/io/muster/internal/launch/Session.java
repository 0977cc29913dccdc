package io.muster.internal.launch;

import java.io.IOException;
import java.nio.file.Path;

/** What a launch needs of the session that parent and child share. */
interface Session {
    /** The session of this JVM. */
    static Session current() {
        return TemporarySession.get();
    }

    /** Its directory. */
    Path directory();

    /** A name for a new file in it. */
    Path newFile(String prefix) throws IOException;

    /** The secret that opens this parent's servers. */
    String token();

    /** Reserves a party id for a child. */
    long reserve(String name);

    /** The child with that id has ended. */
    void reaped(long partyId);
}
