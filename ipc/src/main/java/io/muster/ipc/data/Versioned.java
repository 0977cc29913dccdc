package io.muster.ipc.data;

import java.util.Objects;

/**
 * A value of a {@link SharedMap} with the version it had when it was read: {@link SharedMap#cas} replaces it if nobody else
 * has replaced it since.
 *
 * @param value a copy
 * @param version rises whenever the value of its key is stored; it says nothing besides being the same or not
 */
public record Versioned<V>(V value, long version) {
    public Versioned {
        Objects.requireNonNull(value, "value");
    }
}
