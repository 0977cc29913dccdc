package io.muster.ipc.wait;

import java.lang.System.Logger;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The best parking of this machine, loaded in the background by the first thread that needs it. Loading takes some 100 ms,
 * in which a waiter must not be deaf: until it is done, sleepers poll, and wake-ups are remembered and made up for.
 */
final class ConfiguredParking implements Parking {
    static final ConfiguredParking INSTANCE = new ConfiguredParking();

    /** How long a sleeper polls before it looks whether loading is done. */
    private static final long WHILE_LOADING_NANOS = 2_000_000;

    private volatile Parking chosen;
    private boolean loading;
    /** By word, the most that was to be woken. */
    private final Map<WaitWord, Integer> missed = new IdentityHashMap<>();

    private ConfiguredParking() {}

    @Override
    public Outcome park(WaitWord word, int armed, int deaths, long nanos, boolean interruptible) {
        Parking parking = chosen;
        if (parking != null) {
            return parking.park(word, armed, deaths, nanos, interruptible);
        }
        load();
        if (nanos <= WHILE_LOADING_NANOS) {
            return PortableParking.INSTANCE.park(word, armed, deaths, nanos, interruptible);
        }
        Outcome outcome = PortableParking.INSTANCE.park(word, armed, deaths, WHILE_LOADING_NANOS, interruptible);
        return outcome == Outcome.TIMED_OUT ? Outcome.WOKEN : outcome;
    }

    @Override
    public boolean wake(WaitWord word, int count) {
        Parking parking = chosen;
        if (parking == null) {
            parking = rememberUnlessLoaded(word, count);
        }
        return parking == null || parking.wake(word, count);
    }

    @Override
    public long maxSliceNanos() {
        Parking parking = chosen;
        return (parking != null ? parking : PortableParking.INSTANCE).maxSliceNanos();
    }

    /** Loads it in this thread, unless that was done or is being done; false means portable. */
    static boolean preload() {
        return INSTANCE.loaded() != PortableParking.INSTANCE;
    }

    private synchronized Parking rememberUnlessLoaded(WaitWord word, int count) {
        if (chosen == null) {
            missed.merge(word, count, Math::max);
            load();
        }
        return chosen;
    }

    private synchronized void load() {
        if (!loading) {
            loading = true;
            var thread = new Thread(this::loaded, "muster-wait-load");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private Parking loaded() {
        Parking best = Best.PARKING;
        Map<WaitWord, Integer> due;
        synchronized (this) {
            loading = true;
            chosen = best;
            due = new IdentityHashMap<>(missed);
            missed.clear();
        }
        due.forEach(best::wake);
        return best;
    }

    private static final class Best {
        static final Parking PARKING = choose();

        private static Parking choose() {
            if (Boolean.getBoolean(PORTABLE_PROPERTY)) {
                return PortableParking.INSTANCE;
            }
            Futex futex = NativeLayer.futex();
            if (futex != null) {
                return new FutexParking(futex);
            }
            System.getLogger(Parking.class.getName())
                    .log(
                            Logger.Level.WARNING,
                            "Waiting by polling, so a wake-up takes 0.05-10 ms in place of 0.05 ms,"
                                    + " because " + NativeLayer.absence()
                                    + ". Helps: -Djna.tmpdir=DIR on a file system that allows executables;"
                                    + " -D" + PORTABLE_PROPERTY + "=true accepts it and silences this line.");
            return PortableParking.INSTANCE;
        }
    }
}
