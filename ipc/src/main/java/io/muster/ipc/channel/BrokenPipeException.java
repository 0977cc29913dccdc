package io.muster.ipc.channel;

import java.io.IOException;

/** A message was not sent, as nobody can receive it any more: the last receiver has closed its end or died. */
public final class BrokenPipeException extends IOException {
    private static final long serialVersionUID = 1L;

    public BrokenPipeException(String message) {
        super(message);
    }
}
