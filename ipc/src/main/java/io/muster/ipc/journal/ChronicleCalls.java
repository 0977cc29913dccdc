package io.muster.ipc.journal;

import io.muster.ipc.memory.ClosedObjectException;
import java.nio.file.Path;
import java.util.function.Supplier;
import net.openhft.chronicle.core.io.ClosedIllegalStateException;
import net.openhft.chronicle.core.threads.InterruptedRuntimeException;
import net.openhft.chronicle.wire.UnrecoverableTimeoutException;

/** How Chronicle Queue is called, and what its exceptions mean. */
final class ChronicleCalls {
    static final long PATIENCE_MILLIS = 10_000;
    private static final long PATIENCE_NANOS = PATIENCE_MILLIS * 1_000_000;

    private ChronicleCalls() {}

    /** An interrupt would close the file under Chronicle: it waits until the call is over. */
    static <T> T inPeace(Supplier<T> call) {
        boolean interrupted = Thread.interrupted();
        try {
            return call.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The same for a call of which no exception is expected: what Chronicle throws then comes of its files. */
    static <T> T onFiles(Path directory, Supplier<T> call) {
        try {
            return inPeace(call);
        } catch (JournalException | ClosedObjectException e) {
            throw e;
        } catch (ClosedIllegalStateException e) {
            ClosedObjectException closed =
                    new ClosedObjectException("the journal in " + directory + " was closed in this process");
            closed.initCause(e);
            throw closed;
        } catch (Exception | InternalError | AssertionError e) {
            throw damaged(directory, e);
        }
    }

    /**
     * Begins something for which Chronicle's lock is needed, and waits for who holds it: Chronicle gives up soon, and when this
     * thread is interrupted, but its holder may just be out of luck with the processor. Nothing was done when Chronicle gave
     * up; an interrupt is kept.
     */
    static <T> T patiently(Path directory, Supplier<T> call) {
        long start = System.nanoTime();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return call.get();
                } catch (InterruptedRuntimeException e) {
                    interrupted |= Thread.interrupted();
                    requirePatience(directory, start, e);
                } catch (UnrecoverableTimeoutException e) {
                    requirePatience(directory, start, e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** @throws JournalException if somebody has waited since then for longer than one should */
    static void requirePatience(Path directory, long startNanos, RuntimeException e) {
        if (System.nanoTime() - startNanos > PATIENCE_NANOS) {
            throw new JournalException(
                    "nothing could be appended to the journal in " + directory + " for " + PATIENCE_MILLIS
                            + " ms: another process is in the middle of an append and does not go on, though it lives ("
                            + e.getMessage() + "). Nothing was appended. Let it go on, or end it.",
                    e);
        }
    }

    static JournalException damaged(Path directory, Throwable e) {
        return new JournalException(
                "the journal's files in " + directory + " cannot be used (" + e
                        + "): they are damaged, of another version of"
                        + " Chronicle Queue, or closed to this user. If a file was damaged, move it away; the rest can be read.",
                e);
    }
}
