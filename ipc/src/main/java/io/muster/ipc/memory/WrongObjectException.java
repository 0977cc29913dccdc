package io.muster.ipc.memory;

/**
 * What has a name is another thing than was asked for: of another type, with values of other types, or made with other
 * parameters. The message names both. Nothing was changed.
 */
public final class WrongObjectException extends SegmentException {
    private static final long serialVersionUID = 1L;

    public WrongObjectException(String message) {
        super(message);
    }
}
