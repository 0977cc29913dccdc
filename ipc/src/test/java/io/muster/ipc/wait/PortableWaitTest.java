package io.muster.ipc.wait;

/** The contract over polling. */
class PortableWaitTest extends WaitContract {
    @Override
    Parking parking() {
        return Parking.portable();
    }

    @Override
    int itemsInTheCrowd() {
        return 4000;
    }

    @Override
    int interruptsInTheStorm() {
        return 3000;
    }
}
