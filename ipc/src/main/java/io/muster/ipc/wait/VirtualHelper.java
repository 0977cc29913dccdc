package io.muster.ipc.wait;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A platform thread that sleeps in the kernel on many words for the virtual threads that wait on them. To the kernel it
 * is one sleeper a word, so what a wake-up was meant for is read from the word's counters: that many threads, the
 * longest waiting first, or all.
 *
 * <p>Everything but the sleep itself happens under the lock of {@link VirtualParking}.
 */
final class VirtualHelper implements Runnable {
    /** The kernel takes 128 words: each may bring a deaths word along, and one is for being called. */
    static final int MAX_WORDS = 63;

    private static final long LOOK_EVERY_NANOS = 250_000_000;
    private static final long END_WHEN_IDLE_NANOS = 5_000_000_000L;

    /** Should the kernel no longer take the words, this is a poller, and must not become a spinner. */
    private static final long PAUSE_WHEN_REFUSED_NANOS = 1_000_000;

    private static final int CALL = 0;
    private static final int TIMESPEC = 16;
    private static final int ENTRIES = 64;

    private final Futex futex;
    private final ReentrantLock lock;
    private final Consumer<VirtualHelper> atEnd;
    private final NativeMemory memory = NativeMemory.allocate(ENTRIES + Futex.ENTRY_BYTES * Futex.MAX_ENTRIES);
    private final Map<Key, Place> places = new HashMap<>();
    private boolean asleep;
    private long idleSinceNanos = System.nanoTime();

    private record Key(long address, long deathsAddress) {}

    VirtualHelper(Futex futex, ReentrantLock lock, Consumer<VirtualHelper> atEnd) {
        this.futex = futex;
        this.lock = lock;
        this.atEnd = atEnd;
    }

    void start(int number) {
        Thread thread = new Thread(null, this, "muster-wait-" + number, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
    }

    Place find(WaitWord word) {
        return places.get(new Key(word.address(), word.deathsAddress()));
    }

    boolean hasRoom() {
        return places.size() < MAX_WORDS;
    }

    Place add(WaitWord word) {
        Place place = new Place(word);
        places.put(new Key(word.address(), word.deathsAddress()), place);
        call();
        return place;
    }

    /** Gets the helper out of its sleep, so that it takes a new word along. */
    private void call() {
        memory.incrementInt(CALL);
        if (asleep) {
            asleep = false;
            futex.wake(memory.address(CALL), 1);
        }
    }

    @Override
    public void run() {
        while (true) {
            int entries;
            lock.lock();
            try {
                asleep = false;
                settleAll();
                if (places.isEmpty() && System.nanoTime() - idleSinceNanos >= END_WHEN_IDLE_NANOS) {
                    atEnd.accept(this);
                    return;
                }
                entries = putEntries();
                asleep = true;
            } finally {
                lock.unlock();
            }
            long result = futex.waitMany(memory.address(ENTRIES), entries, memory.address(TIMESPEC));
            if (Futex.isRefusal(result)) {
                LockSupport.parkNanos(PAUSE_WHEN_REFUSED_NANOS);
            }
        }
    }

    /** Passes on what happened to the words, and forgets those on which nobody sleeps any more. */
    private void settleAll() {
        Iterator<Place> each = places.values().iterator();
        while (each.hasNext()) {
            Place place = each.next();
            place.settle();
            if (place.sleepers.isEmpty()) {
                each.remove();
                idleSinceNanos = System.nanoTime();
            }
        }
    }

    private int putEntries() {
        int entries = 0;
        Futex.putEntry(memory, ENTRIES, memory.getIntVolatile(CALL), memory.address(CALL));
        entries++;
        for (Place place : places.values()) {
            Futex.putEntry(memory, ENTRIES + Futex.ENTRY_BYTES * entries++, place.seen, place.word.address());
            if (place.word.deathsAddress() != NativeMemory.NO_ADDRESS) {
                Futex.putEntry(
                        memory, ENTRIES + Futex.ENTRY_BYTES * entries++, place.deathsSeen, place.word.deathsAddress());
            }
        }
        long nanos = places.isEmpty() ? END_WHEN_IDLE_NANOS : LOOK_EVERY_NANOS;
        Futex.putTimespec(memory, TIMESPEC, futex.deadline(nanos));
        return entries;
    }

    /** One word and the virtual threads that sleep on it. */
    static final class Place {
        private final WaitWord word;
        private final LinkedHashSet<VirtualSleeper> sleepers = new LinkedHashSet<>();
        private int seen;
        private int deathsSeen;

        Place(WaitWord word) {
            this.word = word;
            this.seen = word.value();
            this.deathsSeen = word.deaths();
        }

        /** Returns false if the word or the deaths have changed already. */
        boolean tryAdd(VirtualSleeper sleeper, int armed, int deaths) {
            settle();
            if (seen != armed || deathsSeen != deaths) {
                return false;
            }
            sleepers.add(sleeper);
            return true;
        }

        boolean remove(VirtualSleeper sleeper) {
            return sleepers.remove(sleeper);
        }

        void settle() {
            int deaths = word.deaths();
            int value = word.value();
            int woken = WaitWord.wokenBetween(seen, value);
            boolean died = deaths != deathsSeen;
            seen = value;
            deathsSeen = deaths;
            int left = wake(died ? Integer.MAX_VALUE : woken);
            if (!died && woken != Integer.MAX_VALUE && left > 0) {
                // The kernel gave us a wake-up that none of ours was waiting for any more: to another process with it.
                word.arm();
                word.wake(left);
                seen = word.value();
            }
        }

        private int wake(int count) {
            int left = count;
            Iterator<VirtualSleeper> each = sleepers.iterator();
            while (left > 0 && each.hasNext()) {
                VirtualSleeper sleeper = each.next();
                each.remove();
                LockSupport.unpark(sleeper.thread);
                left--;
            }
            return left;
        }
    }
}
