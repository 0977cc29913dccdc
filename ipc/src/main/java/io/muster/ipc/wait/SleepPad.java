package io.muster.ipc.wait;

import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelector;
import java.util.Set;

/**
 * What one sleeping platform thread needs: a private interrupt word, and room for the arguments of the system call. It
 * is a selector for one reason only: {@code Thread.interrupt} calls {@code wakeup} of the selector that the thread has
 * begun to use, and nothing else in the JDK lets an interrupt reach a native call.
 *
 * <pre>
 *     +0  interrupt word
 *    +64  up to three futex_waitv entries
 *   +144  timespec
 * </pre>
 *
 * Pads are pooled and never freed: a late interrupt may still write to the word of a pad that serves another thread by
 * now, which merely looks again.
 */
final class SleepPad extends AbstractSelector {
    private static final int INTERRUPT = 0;
    private static final int ENTRIES = 64;
    private static final int TIMESPEC = ENTRIES + 80;
    private static final int BYTES = TIMESPEC + Futex.TIMESPEC_BYTES;

    private static final Object POOL = new Object();
    /** The first of a list. */
    private static SleepPad free;

    private final Futex futex;
    private final NativeMemory memory = NativeMemory.allocate(BYTES);
    private SleepPad next;
    /** What the entries and the timespec hold: a sleeper that nobody wakes need not write them again. */
    private int entries;

    private boolean entriesInterruptible;
    private int entriesArmed;
    private int entriesDeaths;
    private long entriesAddress;
    private long entriesDeathsAddress;
    private long timespecNanos = -1;
    /** Where the thread sleeps if it cannot sleep on its interrupt word as well; else 0. */
    private volatile long onlyAddress;

    private SleepPad(Futex futex) {
        super(null);
        this.futex = futex;
    }

    static SleepPad take(Futex futex) {
        synchronized (POOL) {
            SleepPad pad = free;
            if (pad != null) {
                free = pad.next;
                if (pad.futex == futex) {
                    return pad;
                }
            }
        }
        return new SleepPad(futex);
    }

    void giveBack() {
        synchronized (POOL) {
            next = free;
            free = this;
        }
    }

    /** Sleeps on one or two words and the interrupt word. Returns what the system call did. */
    long sleepOnMany(long address, int armed, long deathsAddress, int deaths, long nanos, boolean interruptible) {
        putEntries(address, armed, deathsAddress, deaths, interruptible);
        if (interruptible) {
            memory.putIntVolatile(INTERRUPT, 0);
        }
        putTimespec(futex.deadline(nanos));
        if (!interruptible) {
            return futex.waitMany(memory.address(ENTRIES), entries, memory.address(TIMESPEC));
        }
        begin();
        try {
            return futex.waitMany(memory.address(ENTRIES), entries, memory.address(TIMESPEC));
        } finally {
            end();
        }
    }

    private void putEntries(long address, int armed, long deathsAddress, int deaths, boolean interruptible) {
        if (entries > 0
                && entriesAddress == address
                && entriesArmed == armed
                && entriesDeathsAddress == deathsAddress
                && entriesDeaths == deaths
                && entriesInterruptible == interruptible) {
            return;
        }
        entries = 0;
        putEntry(armed, address);
        if (deathsAddress != NativeMemory.NO_ADDRESS) {
            putEntry(deaths, deathsAddress);
        }
        if (interruptible) {
            putEntry(0, memory.address(INTERRUPT));
        }
        entriesAddress = address;
        entriesArmed = armed;
        entriesDeathsAddress = deathsAddress;
        entriesDeaths = deaths;
        entriesInterruptible = interruptible;
    }

    private void putEntry(int expected, long address) {
        Futex.putEntry(memory, ENTRIES + Futex.ENTRY_BYTES * entries++, expected, address);
    }

    private void putTimespec(long nanos) {
        if (nanos != timespecNanos) {
            Futex.putTimespec(memory, TIMESPEC, nanos);
            timespecNanos = nanos;
        }
    }

    /** Sleeps on one word only, for kernels without futex_waitv: an interrupt wakes all who sleep there. */
    long sleepOnOne(long address, int armed, long nanos, boolean interruptible) {
        putTimespec(nanos);
        if (!interruptible) {
            return futex.wait(address, armed, memory.address(TIMESPEC));
        }
        memory.putIntVolatile(INTERRUPT, 0);
        onlyAddress = address;
        begin();
        try {
            // begin() calls wakeup() if the flag was set already; there is nothing to wake yet, so look.
            return memory.getIntVolatile(INTERRUPT) != 0
                    ? -Syscalls.EINTR
                    : futex.wait(address, armed, memory.address(TIMESPEC));
        } finally {
            end();
            onlyAddress = 0;
        }
    }

    @Override
    public Selector wakeup() {
        memory.putIntVolatile(INTERRUPT, 1);
        long only = onlyAddress;
        if (only == 0) {
            futex.wake(memory.address(INTERRUPT), 1);
        } else {
            futex.wake(only, Integer.MAX_VALUE);
        }
        return this;
    }

    @Override
    protected void implCloseSelector() {}

    @Override
    protected SelectionKey register(AbstractSelectableChannel channel, int operations, Object attachment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<SelectionKey> keys() {
        return Set.of();
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
        return Set.of();
    }

    @Override
    public int selectNow() {
        return 0;
    }

    @Override
    public int select(long timeoutMillis) {
        return 0;
    }

    @Override
    public int select() {
        return 0;
    }
}
