package io.muster.ipc.journal;

/** A journal cannot be used: its directory, what Chronicle Queue needs, or what somebody else made of it. The message says what to do. */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JournalException(String message) {
        super(message);
    }

    JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
