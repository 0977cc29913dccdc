package io.muster.ipc.wait;

import java.lang.System.Logger;

/** Stands in for the best parking of this machine until the first thread needs it, and passes everything on then. */
final class ConfiguredParking implements Parking {
    static final ConfiguredParking INSTANCE = new ConfiguredParking();

    private ConfiguredParking() {}

    @Override
    public Outcome park(WaitWord word, int armed, int deaths, long nanos, boolean interruptible) {
        return Holder.CHOSEN.park(word, armed, deaths, nanos, interruptible);
    }

    @Override
    public boolean wake(WaitWord word, int count) {
        return Holder.CHOSEN.wake(word, count);
    }

    @Override
    public long maxSliceNanos() {
        return Holder.CHOSEN.maxSliceNanos();
    }

    static boolean preload() {
        return Holder.CHOSEN != PortableParking.INSTANCE;
    }

    private static final class Holder {
        static final Parking CHOSEN = choose();

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
