package io.muster.child.task;

import java.util.List;

/**
 * What a worker is asked to do, before it is encoded. The numbers go over the wire.
 *
 * <pre>
 *   task     kind u8 | function | argument, second argument (as the kind says)
 * </pre>
 */
public enum Task {
    /** A {@code Callable} or {@code Runnable}; no arguments. */
    CALL,
    /** A {@code RemoteFunction} and its argument. */
    APPLY,
    /** A {@code RemoteBiFunction} and its two arguments. */
    APPLY_TWO,
    /** A {@code RemoteFunction} and a {@link List} of arguments; the result is the list of results. */
    MAP,
    /** A {@code RemoteBiFunction} and two {@link List}s of arguments; the result is the list of results. */
    STAR_MAP;

    private static final Task[] ALL = values();

    static Task of(int code) {
        if (code < 0 || code >= ALL.length) {
            throw new IllegalStateException("task kind " + code + " does not exist: the payload is damaged");
        }
        return ALL[code];
    }
}
