package io.muster.ipc.internal.cell;

import java.io.Serializable;
import java.util.Objects;

/**
 * Names one shared object for any process that may join its place: this is what travels when a handle does.
 *
 * @param place the directory of the place that it lies in
 * @param file name of the segment in that directory
 * @param offset of the cell in the segment's body
 * @param generation which of the objects that the cell held one after the other
 */
public record CellRef(String place, String file, long offset, int generation) implements Serializable {
    private static final long serialVersionUID = 1L;

    public CellRef {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(file, "file");
    }

    /** For messages: where it is, without the directory. */
    @Override
    public String toString() {
        return file + "@" + offset + (generation == 1 ? "" : "#" + generation);
    }
}
