package io.muster.ipc.data;

/**
 * Where the one word of a shared value lies in its cell's body. Processes map these bytes: a change here is a change of
 * {@link #VERSION}. What the value is, is the cell's kind, see {@link ValueType}.
 *
 * <pre>
 *   byte of the body
 *     0 | VALUE i64 of a long and a double (its bits), i32 of all others: byte and short with their sign, char without,
 *       |   float as its bits, boolean as 0 or 1                         anybody stores here
 * </pre>
 */
final class ValueLayout {
    static final int VERSION = 1;

    static final int VALUE = 0;
    static final int BODY_BYTES = VALUE + Long.BYTES;

    private ValueLayout() {}
}
