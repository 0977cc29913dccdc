package io.muster.ipc.wait;

import java.lang.ref.Reference;

/** Sleeping in the kernel, on the word itself. */
final class FutexParking implements Parking {
    private static final long MAX_SLICE_NANOS = 250_000_000;
    /** Without futex_waitv neither deaths nor a badly timed interrupt ends a sleep: only the slice does. */
    private static final long SHORT_SLICE_NANOS = 20_000_000;

    private final Futex futex;
    private final VirtualParking virtual;

    FutexParking(Futex futex) {
        this.futex = futex;
        this.virtual = new VirtualParking(futex);
    }

    @Override
    public Outcome park(WaitWord word, int armed, int deaths, long nanos, boolean interruptible) {
        long address = word.address();
        boolean isVirtual = VirtualThreads.isVirtual(Thread.currentThread());
        if (address == NativeMemory.NO_ADDRESS || isVirtual && !futex.waitsOnMany()) {
            return PortableParking.INSTANCE.park(word, armed, deaths, nanos, interruptible);
        }
        if (isVirtual) {
            return virtual.park(word, armed, deaths, nanos);
        }
        long result = sleep(word, armed, deaths, nanos, interruptible);
        if (result >= 0 || result == -Syscalls.EINTR) {
            return Outcome.WOKEN;
        }
        if (result == -Syscalls.EAGAIN) {
            return Outcome.CHANGED;
        }
        if (result == -Syscalls.ETIMEDOUT) {
            return Outcome.TIMED_OUT;
        }
        return PortableParking.INSTANCE.park(word, armed, deaths, nanos, interruptible);
    }

    private long sleep(WaitWord word, int armed, int deaths, long nanos, boolean interruptible) {
        SleepPad pad = SleepPad.take(futex);
        try {
            // One word alone is cheaper by the plain call, before the sleep and after it.
            boolean many = interruptible || word.deathsAddress() != NativeMemory.NO_ADDRESS;
            if (many && futex.waitsOnMany()) {
                return pad.sleepOnMany(word.address(), armed, word.deathsAddress(), deaths, nanos, interruptible);
            }
            return word.deaths() == deaths
                    ? pad.sleepOnOne(word.address(), armed, nanos, interruptible)
                    : -Syscalls.EAGAIN;
        } finally {
            pad.giveBack();
            // The kernel only has the address: the mapping must not be collected under it.
            Reference.reachabilityFence(word);
        }
    }

    @Override
    public boolean wake(WaitWord word, int count) {
        long address = word.address();
        try {
            return address != NativeMemory.NO_ADDRESS && futex.wake(address, count) > 0;
        } finally {
            Reference.reachabilityFence(word);
        }
    }

    @Override
    public long maxSliceNanos() {
        if (!futex.waitsOnMany()) {
            return SHORT_SLICE_NANOS;
        }
        return VirtualThreads.isVirtual(Thread.currentThread()) ? virtual.maxSliceNanos() : MAX_SLICE_NANOS;
    }
}
