package io.muster.ipc.wait;

/** The futex system calls, on raw addresses; between processes, so never with the PRIVATE flag. */
final class Futex {
    private static final int WAIT = 0;
    private static final int WAKE = 1;
    private static final int CLOCK_MONOTONIC = 1;
    private static final int SIZE_U32 = 2;

    /** One entry of {@code struct futex_waitv}: u64 value, u64 address, u32 flags, u32 reserved. */
    static final int ENTRY_BYTES = 24;
    /** The kernel takes no more words at a time. */
    static final int MAX_ENTRIES = 128;
    /** {@code struct timespec}: two 64-bit numbers. */
    static final int TIMESPEC_BYTES = 16;

    private final SyscallNumbers numbers;
    private final boolean waitsOnMany;
    private final long monotonicOffsetNanos;

    private Futex(SyscallNumbers numbers, boolean waitsOnMany, long monotonicOffsetNanos) {
        this.numbers = numbers;
        this.waitsOnMany = waitsOnMany;
        this.monotonicOffsetNanos = monotonicOffsetNanos;
    }

    /**
     * Tries each call once. Whatever does not answer exactly as it should counts as absent: old kernels say ENOSYS,
     * container profiles EPERM, emulators anything.
     *
     * @return null if there is no usable futex
     */
    static Futex probe(SyscallNumbers numbers) {
        NativeMemory scratch = NativeMemory.allocate(256);
        putTimespec(scratch, 128, 0);
        long woken = Syscalls.call(numbers.futex, scratch.address(0), WAKE, 1, 0, 0, 0);
        long changed = Syscalls.call(numbers.futex, scratch.address(0), WAIT, 1, scratch.address(128), 0, 0);
        if (woken != 0 || changed != -Syscalls.EAGAIN) {
            return null;
        }
        putEntry(scratch, 64, 1, scratch.address(0));
        boolean waitsOnMany =
                Syscalls.call(SyscallNumbers.FUTEX_WAITV, scratch.address(64), 1, 0, 0, 0, 0) == -Syscalls.EAGAIN;
        Long offset = monotonicOffset(numbers, scratch);
        return new Futex(numbers, waitsOnMany && offset != null, offset == null ? 0 : offset);
    }

    /** What to add to {@code System.nanoTime()} to get the kernel's monotonic clock; in practice 0. */
    private static Long monotonicOffset(SyscallNumbers numbers, NativeMemory scratch) {
        long before = System.nanoTime();
        if (Syscalls.call(numbers.clockGettime, CLOCK_MONOTONIC, scratch.address(128), 0, 0, 0, 0) != 0) {
            return null;
        }
        long after = System.nanoTime();
        long kernel = scratch.getLong(128) * 1_000_000_000L + scratch.getLong(136);
        boolean same = kernel >= before && kernel <= after;
        return same ? 0 : kernel - before;
    }

    /** The same as on a kernel that has no futex_waitv. */
    Futex withoutWaitMany() {
        return new Futex(numbers, false, 0);
    }

    /** Whether {@link #waitMany} works. */
    boolean waitsOnMany() {
        return waitsOnMany;
    }

    /** Returns 0 when woken, else a negative error number. The timespec is relative. */
    long wait(long address, int expected, long timespecAddress) {
        return Syscalls.call(numbers.futex, address, WAIT, expected, timespecAddress, 0, 0);
    }

    /** Returns how many were woken. */
    int wake(long address, int count) {
        return (int) Syscalls.call(numbers.futex, address, WAKE, count, 0, 0, 0);
    }

    /** Returns 0 or more when woken, else a negative error number. The timespec is a moment of {@link #deadline}. */
    long waitMany(long entriesAddress, int entries, long timespecAddress) {
        return Syscalls.call(
                SyscallNumbers.FUTEX_WAITV, entriesAddress, entries, 0, timespecAddress, CLOCK_MONOTONIC, 0);
    }

    /** Whether a wait came back for a reason that no working futex has. */
    static boolean isRefusal(long result) {
        return result < 0 && result != -Syscalls.EAGAIN && result != -Syscalls.EINTR && result != -Syscalls.ETIMEDOUT;
    }

    /** The moment so far from now, on the clock that {@link #waitMany} goes by. */
    long deadline(long nanos) {
        return System.nanoTime() + monotonicOffsetNanos + nanos;
    }

    static void putEntry(NativeMemory memory, int offset, int expected, long address) {
        memory.putLong(offset, Integer.toUnsignedLong(expected));
        memory.putLong(offset + 8, address);
        memory.putLong(offset + 16, SIZE_U32);
    }

    static void putTimespec(NativeMemory memory, int offset, long nanos) {
        memory.putLong(offset, nanos / 1_000_000_000L);
        memory.putLong(offset + 8, nanos % 1_000_000_000L);
    }
}
