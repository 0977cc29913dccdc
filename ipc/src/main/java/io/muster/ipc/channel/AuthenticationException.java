package io.muster.ipc.channel;

import java.io.IOException;

/**
 * The two ends of a connection do not have the same auth key, or one of them has none. Nothing of what the other sent was
 * decoded, and the connection is closed.
 */
public final class AuthenticationException extends IOException {
    private static final long serialVersionUID = 1L;

    public AuthenticationException(String message) {
        super(message);
    }
}
