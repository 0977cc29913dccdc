package io.muster.ipc.wait;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The few things about processes that the JDK cannot do: any signal, the parent as it is now, and how a process ended.
 * All of it is optional: on a machine without native calls every answer is "unavailable" or empty, and nothing throws.
 *
 * <p>The first call loads the native layer, which takes 50-100 ms. Thread-safe.
 */
public final class NativeProcess {
    /** What became of a signal. */
    public enum Sent {
        /** The process is there, and will get it, or has it; nothing is said about when it acts on it. */
        SENT,
        /** There is no such process any more; one that has ended but was not waited for counts as there. */
        NO_SUCH_PROCESS,
        /** It belongs to somebody else. */
        NOT_PERMITTED,
        /** This machine has no native calls, or the signal is not one: use {@code ProcessHandle}. */
        UNAVAILABLE
    }

    private NativeProcess() {}

    /** Whether there are native calls here. */
    public static boolean isAvailable() {
        return NativeLayer.numbers() != null;
    }

    /**
     * Sends a signal. The caller answers for the pid being the process it means: pids are used again after a process was
     * waited for.
     *
     * @param pid more than 0: no process groups
     * @param signal its number on Linux; 0 only asks whether the process is there
     */
    public static Sent kill(long pid, int signal) {
        if (pid <= 0 || pid > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("pid=" + pid + ": must be 1 to " + Integer.MAX_VALUE);
        }
        SyscallNumbers numbers = NativeLayer.numbers();
        if (numbers == null) {
            return Sent.UNAVAILABLE;
        }
        long result = Syscalls.call(numbers.kill, pid, signal, 0, 0, 0, 0);
        if (result == 0) {
            return Sent.SENT;
        }
        if (result == -Syscalls.ESRCH) {
            return Sent.NO_SUCH_PROCESS;
        }
        return result == -Syscalls.EPERM ? Sent.NOT_PERMITTED : Sent.UNAVAILABLE;
    }

    /**
     * The pid of this process's parent now: another one (init, or a reaper) once the first has died; 0 if it lives in
     * another pid namespace.
     *
     * @return empty if there are no native calls here
     */
    public static OptionalLong parentPid() {
        SyscallNumbers numbers = NativeLayer.numbers();
        return numbers == null
                ? OptionalLong.empty()
                : OptionalLong.of(Syscalls.call(numbers.getppid, 0, 0, 0, 0, 0, 0));
    }

    /**
     * Opens a handle that stays with this very process, whoever gets its pid later. Open it right after the start of a
     * child, before anybody can have waited for it.
     *
     * @return empty if there is no such process, or the kernel has no pidfd
     */
    public static Optional<PidHandle> open(long pid) {
        SyscallNumbers numbers = NativeLayer.numbers();
        if (numbers == null) {
            return Optional.empty();
        }
        long descriptor = Syscalls.call(SyscallNumbers.PIDFD_OPEN, pid, 0, 0, 0, 0, 0);
        return descriptor < 0 ? Optional.empty() : Optional.of(new PidHandle(numbers, (int) descriptor));
    }
}
