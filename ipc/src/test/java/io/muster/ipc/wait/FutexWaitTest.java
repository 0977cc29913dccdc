package io.muster.ipc.wait;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The contract over futex_waitv. */
class FutexWaitTest extends WaitContract {
    @Override
    Parking parking() {
        Futex futex = NativeLayer.futex();
        assumeTrue(futex != null && futex.waitsOnMany(), "no futex_waitv here: " + NativeLayer.absence());
        return new FutexParking(futex);
    }
}
