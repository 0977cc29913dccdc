package io.muster.ipc.memory;

/**
 * Turns the JVM's error for a page that is not there into an exception that says so. Segments are allocated and never
 * shrunk, so it takes an outsider who truncates a file, a failing disk, or a page given back under a slow reader.
 *
 * <p>JDK 17 may deliver the error late, in whatever the thread does next.
 */
public final class MemoryFault {
    private MemoryFault() {}

    /**
     * For the public methods of shared structures: {@code catch (InternalError e) { throw MemoryFault.translate(e, what); }}
     *
     * @param what was being used, for the message
     * @return what to throw; throws the error itself if it is of another kind
     */
    public static SegmentException translate(InternalError error, Object what) {
        String message = String.valueOf(error.getMessage());
        if (!message.contains("memory access")) {
            throw error;
        }
        return new SegmentException(
                "the shared memory of " + what + " is not there any more: its file was truncated, or its disk failed",
                error);
    }
}
