package io.muster.ipc.internal.cell;

import java.util.ArrayList;
import java.util.List;

/**
 * That this thread decodes something that may have handles in it. A handle is attached as soon as its own bytes are decoded; if
 * decoding fails behind it, nobody ever gets it, so it is closed before anybody hears of the failure: else it would be missed
 * by nobody, and others would wait for what it stands for.
 *
 * <pre>{@code
 *     try (Arrival arrival = Arrival.begin()) {
 *         message = decode(...);
 *         arrival.keep();
 *     }
 * }</pre>
 *
 * <p>Decoding runs code of the user's, which may decode something itself: what an inner one keeps is the outer one's then.
 *
 * <p>For one thread.
 */
public final class Arrival implements AutoCloseable {
    private static final ThreadLocal<Arrival> CURRENT = new ThreadLocal<>();

    private final Arrival outer;
    private List<AutoCloseable> arrived = List.of();
    private boolean kept;

    private Arrival(Arrival outer) {
        this.outer = outer;
    }

    /** From here on this thread decodes; until {@link #close}, which belongs into a finally block. */
    public static Arrival begin() {
        Arrival arrival = new Arrival(CURRENT.get());
        CURRENT.set(arrival);
        return arrival;
    }

    /** For {@code readResolve}: a handle was just made of what is being decoded by this thread. */
    public static <H extends AutoCloseable> H note(H handle) {
        Arrival current = CURRENT.get();
        if (current != null) {
            current.add(handle);
        }
        return handle;
    }

    private void add(AutoCloseable handle) {
        if (arrived.isEmpty()) {
            arrived = new ArrayList<>();
        }
        arrived.add(handle);
    }

    /** All of it is decoded, and goes to whoever asked for it. */
    public void keep() {
        kept = true;
    }

    /** Closes the handles that have arrived, unless they are kept. */
    @Override
    public void close() {
        CURRENT.set(outer);
        if (!kept) {
            arrived.forEach(Arrival::close);
        } else if (outer != null) {
            arrived.forEach(outer::add);
        }
    }

    private static void close(AutoCloseable handle) {
        try {
            handle.close();
        } catch (Exception | Error e) {
            // Why decoding failed is what has to be told.
            System.getLogger(Arrival.class.getName())
                    .log(System.Logger.Level.DEBUG, "a handle that nobody has got could not be closed", e);
        }
    }
}
