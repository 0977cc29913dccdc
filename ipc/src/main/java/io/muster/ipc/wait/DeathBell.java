package io.muster.ipc.wait;

import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.WakeUp;

/** Wakes whoever sleeps while a place counts a death; found by {@code java.util.ServiceLoader}. */
public final class DeathBell implements WakeUp {

    /** For the service loader. */
    public DeathBell() {}

    @Override
    public void wakeAll(Memory memory, long offset) {
        Parking.configured().wake(new WaitWord(memory, offset), Integer.MAX_VALUE);
    }
}
