package io.muster.ipc.wait;

import java.util.Optional;

/**
 * A handle on one process (pidfd), which can say how it ended even after somebody else has waited for it: the one way to
 * tell {@code exit(137)} from SIGKILL in a JVM, whose own reaper takes the wait status. Kernel 6.15 and later.
 *
 * <p>Thread-safe. Close it: it is a file descriptor.
 */
public final class PidHandle implements AutoCloseable {
    /** {@code _IOWR(0xFF, 11, struct pidfd_info)} with the structure's first published size, 64 bytes. */
    private static final long GET_INFO = 0xC040_FF0BL;

    private static final int INFO_BYTES = 64;
    private static final long INFO_EXIT = 1L << 3;
    private static final int MASK_OFFSET = 0;
    private static final int EXIT_CODE_OFFSET = 60;

    /** How a process ended: by itself with a code, or by a signal. */
    public record Ending(int code, int signal, boolean coreDumped) {
        static Ending of(int waitStatus) {
            return new Ending((waitStatus >> 8) & 0xff, waitStatus & 0x7f, (waitStatus & 0x80) != 0);
        }

        /** True if a signal ended it; its code means nothing then. */
        public boolean signalled() {
            return signal != 0;
        }
    }

    private final SyscallNumbers numbers;
    private final int descriptor;
    private boolean closed;

    PidHandle(SyscallNumbers numbers, int descriptor) {
        this.numbers = numbers;
        this.descriptor = descriptor;
    }

    /**
     * How the process ended, once it was waited for (the JDK does that at once for children it started).
     *
     * @return empty while it lives or was not waited for, after {@link #close}, and always on kernels before 6.15
     */
    public synchronized Optional<Ending> ending() {
        if (closed) {
            return Optional.empty();
        }
        NativeMemory info = NativeMemory.allocate(INFO_BYTES);
        info.putLong(MASK_OFFSET, INFO_EXIT);
        long result = Syscalls.call(numbers.ioctl, descriptor, GET_INFO, info.address(0), 0, 0, 0);
        boolean known = result == 0 && (info.getLong(MASK_OFFSET) & INFO_EXIT) != 0;
        return known ? Optional.of(Ending.of(info.getInt(EXIT_CODE_OFFSET))) : Optional.empty();
    }

    /** Gives the descriptor back. Twice is harmless. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Syscalls.call(numbers.close, descriptor, 0, 0, 0, 0, 0);
        }
    }
}
