package io.muster;

/**
 * Takes what a child prints, line by line.
 *
 * <p>Called by one thread at a time per child. A slow handler does not stop the child for ever: behind a bounded number of
 * waiting lines further ones are dropped, and a line says how many.
 */
@FunctionalInterface
public interface LineHandler {
    /** Where a line was printed. */
    enum Stream {
        /** Standard output. */
        OUT,
        /** Standard error. */
        ERR
    }

    /**
     * A line was printed.
     *
     * @param childName the child's name
     * @param stream where
     * @param line without its end; longer than 64 KiB comes in pieces
     */
    void line(String childName, Stream stream, String line);
}
