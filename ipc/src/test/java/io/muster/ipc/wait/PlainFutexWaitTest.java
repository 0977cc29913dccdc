package io.muster.ipc.wait;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The contract over the plain futex alone, as on kernels before 5.16. */
class PlainFutexWaitTest extends WaitContract {
    @Override
    Parking parking() {
        Futex futex = NativeLayer.futex();
        assumeTrue(futex != null, "no futex here: " + NativeLayer.absence());
        return new FutexParking(futex.withoutWaitMany());
    }

    @Override
    int interruptsInTheStorm() {
        return 3000;
    }
}
