package io.muster.ipc.internal.cell;

import java.util.Objects;
import java.util.function.Consumer;

/**
 * What a named object is to be, if it has to be made, and has to be, if it is there.
 *
 * @param kind of the object, see {@link io.muster.ipc.memory.SegmentKind}
 * @param version of its layout
 * @param type its type with its parameters and the types of its values, as people read it: {@code SharedMap<String, Long>}. Who
 *     asks for another one is refused
 * @param bodyBytes what its cell needs
 * @param format fills the body of a cell that is full of zeros and that nobody else knows. It may also make files, named as
 *     {@link NamedCells#dataPrefix} says; these go if the cell is not published in the end
 */
public record NamedSpec(int kind, int version, String type, long bodyBytes, Consumer<Cell> format) {
    public NamedSpec {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(format, "format");
    }
}
