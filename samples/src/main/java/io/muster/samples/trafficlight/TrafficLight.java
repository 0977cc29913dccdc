package io.muster.samples.trafficlight;

import io.muster.ChildProcess;
import io.muster.ipc.sync.SharedCountDownLatch;
import io.muster.ipc.sync.SharedEvent;
import io.muster.ipc.sync.SharedSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Ten cars, each a process, stand at a red light until it is green: none goes before, and all go when it is. The light is a
 * daemon child that would go on for ever; it ends with the program.
 */
public final class TrafficLight {
    private static final int CARS = 10;
    private static final int RED_MILLIS = 300;

    private TrafficLight() {}

    /**
     * Runs the sample.
     *
     * @param args none
     * @throws InterruptedException if this thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        try (SharedEvent green = SharedEvent.create();
                SharedCountDownLatch atTheLine = SharedCountDownLatch.create(CARS);
                SharedSignal jumped = SharedSignal.create();
                SharedSignal gone = SharedSignal.create()) {
            ChildProcess light =
                    ChildProcess.named("light").daemon(true).heap("32m").start(() -> shine(green, atTheLine, gone));
            List<ChildProcess> cars = new ArrayList<>();
            for (int number = 1; number <= CARS; number++) {
                cars.add(ChildProcess.named("car-" + number)
                        .heap("32m")
                        .start(() -> drive(green, atTheLine, jumped, gone)));
            }
            for (ChildProcess car : cars) {
                car.join();
            }
            System.out.println(gone.count() + " of " + CARS + " cars have gone, " + jumped.count()
                    + " of them at red; the light " + (light.isAlive() ? "shines on" : "IS BROKEN"));
            if (gone.count() != CARS || jumped.count() != 0 || !light.isAlive()) {
                System.exit(1);
            }
        }
    }

    /** Runs in the daemon: red until all cars stand there and for a moment longer, then green for ever. */
    private static void shine(SharedEvent green, SharedCountDownLatch atTheLine, SharedSignal gone)
            throws InterruptedException {
        atTheLine.await();
        TimeUnit.MILLISECONDS.sleep(RED_MILLIS);
        System.out.println("red: " + CARS + " cars wait, " + gone.count() + " have gone");
        green.set();
        System.out.println("green");
        while (true) {
            TimeUnit.MILLISECONDS.sleep(RED_MILLIS);
        }
    }

    /** Runs in a child. */
    private static void drive(SharedEvent green, SharedCountDownLatch atTheLine, SharedSignal jumped, SharedSignal gone)
            throws InterruptedException {
        atTheLine.countDown();
        green.await();
        if (!green.isSet()) {
            jumped.post();
        }
        gone.post();
    }
}
