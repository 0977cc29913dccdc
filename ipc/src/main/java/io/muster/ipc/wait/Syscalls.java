package io.muster.ipc.wait;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The one native method: {@code syscall(2)} by JNA direct mapping. Touching this class loads JNA, which takes 50-100 ms,
 * so only {@link NativeLayer} does.
 */
final class Syscalls {
    static final int EPERM = 1;
    static final int ESRCH = 3;
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int ETIMEDOUT = 110;

    static {
        Native.register(Syscalls.class, NativeLibrary.getProcess());
    }

    private Syscalls() {}

    private static native long syscall(long number, long a, long b, long c, long d, long e, long f);

    /** Returns the result, or the negative error number. */
    static long call(long number, long a, long b, long c, long d, long e, long f) {
        long result = syscall(number, a, b, c, d, e, f);
        return result == -1 ? -Native.getLastError() : result;
    }
}
