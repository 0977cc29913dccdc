package io.muster.ipc.wait;

import io.muster.ipc.memory.CrashPoint;

/** The sleeping and waking of a party that dies at a chosen step. It polls, as the memory of such a party has no address. */
public final class CrashingParking implements Parking {
    private final CrashPoint point;

    public CrashingParking(CrashPoint point) {
        this.point = point;
    }

    @Override
    public Outcome park(WaitWord word, int armed, int deaths, long nanos, boolean interruptible) {
        point.before("sleep");
        Outcome outcome = Parking.portable().park(word, armed, deaths, nanos, interruptible);
        point.checkAlive();
        return outcome;
    }

    @Override
    public boolean wake(WaitWord word, int count) {
        point.before("wake");
        return Parking.portable().wake(word, count);
    }

    @Override
    public long maxSliceNanos() {
        return Parking.portable().maxSliceNanos();
    }
}
