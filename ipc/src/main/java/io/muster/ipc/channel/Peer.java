package io.muster.ipc.channel;

import io.muster.ipc.memory.ClosedObjectException;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/**
 * Who is at the other end of a socket, and what is said when something is the matter with it.
 *
 * @param name for messages
 */
record Peer(String name) {
    ClosedObjectException closedHere() {
        return new ClosedObjectException("the connection to " + name + " was closed in this process");
    }

    EOFException ended(FrameReader reader) {
        EOFException end = new EOFException(name + " has closed the connection, or died" + reader.remains());
        end.initCause(reader.failure());
        return end;
    }

    /** @param cause null if it has closed, as far as is known */
    BrokenPipeException broken(IOException cause) {
        BrokenPipeException broken =
                new BrokenPipeException("nothing was sent: " + name + " has closed the connection, or died");
        broken.initCause(cause);
        return broken;
    }

    IOException violated(IOException how) {
        return new IOException("the connection to " + name + " is broken: " + how.getMessage() + "; close it", how);
    }

    IOException tooLarge(int bytes, long most) {
        return new IOException("a message of " + bytes + " bytes is too large for " + name + ", which takes " + most
                + "; nothing was sent. Try a larger maxMessageBytes there, or send it in parts");
    }

    TimeoutException noMessage() {
        return new TimeoutException("no message in time from " + name + "; nothing was taken");
    }

    TimeoutException noRoom() {
        return new TimeoutException("no room in time for a message to " + name + "; nothing was sent");
    }

    TimeoutException busy(String missing) {
        return new TimeoutException(missing + " in time at " + name + ": other threads use it; nothing was done");
    }
}
