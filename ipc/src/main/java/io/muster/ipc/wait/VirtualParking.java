package io.muster.ipc.wait;

import io.muster.ipc.wait.Parking.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sleeping for virtual threads. A system call would hold their carrier, so they park, and a few platform threads sleep
 * in the kernel for them, each on up to {@value VirtualHelper#MAX_WORDS} words.
 *
 * <p>One lock guards all of it: parking is far dearer than what is done under it.
 */
final class VirtualParking {
    private static final long MAX_SLICE_NANOS = 250_000_000;
    /** So all parked threads together look again about a thousand times a second, however many they are. */
    private static final long SLICE_NANOS_PER_THREAD = 1_000_000;

    private final Futex futex;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<VirtualHelper> helpers = new ArrayList<>();
    private volatile int parked;
    private int helpersEver;

    VirtualParking(Futex futex) {
        this.futex = futex;
    }

    long maxSliceNanos() {
        return Math.max(MAX_SLICE_NANOS, parked * SLICE_NANOS_PER_THREAD);
    }

    Outcome park(WaitWord word, int armed, int deaths, long nanos) {
        long start = System.nanoTime();
        VirtualSleeper sleeper = new VirtualSleeper(Thread.currentThread());
        VirtualHelper.Place place = enter(word, armed, deaths, sleeper);
        if (place == null) {
            return Outcome.CHANGED;
        }
        LockSupport.parkNanos(word, nanos);
        if (leave(place, sleeper)) {
            return Outcome.WOKEN;
        }
        return System.nanoTime() - start >= nanos ? Outcome.TIMED_OUT : Outcome.WOKEN;
    }

    /** Returns null if the word or the deaths have changed already. */
    private VirtualHelper.Place enter(WaitWord word, int armed, int deaths, VirtualSleeper sleeper) {
        lock.lock();
        try {
            VirtualHelper.Place place = placeFor(word);
            if (!place.tryAdd(sleeper, armed, deaths)) {
                return null;
            }
            parked++;
            return place;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether a helper has taken the sleeper out, as a wake-up was meant for it. */
    private boolean leave(VirtualHelper.Place place, VirtualSleeper sleeper) {
        lock.lock();
        try {
            parked--;
            return !place.remove(sleeper);
        } finally {
            lock.unlock();
        }
    }

    private VirtualHelper.Place placeFor(WaitWord word) {
        for (VirtualHelper helper : helpers) {
            VirtualHelper.Place place = helper.find(word);
            if (place != null) {
                return place;
            }
        }
        for (VirtualHelper helper : helpers) {
            if (helper.hasRoom()) {
                return helper.add(word);
            }
        }
        VirtualHelper helper = new VirtualHelper(futex, lock, helpers::remove);
        helpers.add(helper);
        helper.start(++helpersEver);
        return helper.add(word);
    }
}
