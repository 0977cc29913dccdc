package io.muster.samples.karaoke;

import io.muster.ChildProcess;
import io.muster.ipc.sync.SharedSemaphore;
import io.muster.ipc.sync.SharedSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Five singers, each a process, and a bar with two microphones: never more than two sing at once. One of them is killed with
 * the microphone in its hand; the next one gets it.
 */
public final class Karaoke {
    private static final int SINGERS = 5;
    private static final int MICROPHONES = 2;
    private static final int SONG_MILLIS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Karaoke() {}

    /**
     * Runs the sample.
     *
     * @param args none
     * @throws InterruptedException if this thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        try (SharedSemaphore microphones = SharedSemaphore.create(MICROPHONES);
                SharedSignal taken = SharedSignal.create();
                SharedSignal onStage = SharedSignal.create();
                SharedSignal crowded = SharedSignal.create()) {
            ChildProcess first = ChildProcess.named("singer-1")
                    .daemon(true)
                    .heap("32m")
                    .start(() -> singForEver(microphones, taken));
            taken.await();
            List<ChildProcess> others = new ArrayList<>();
            for (int number = 2; number <= SINGERS; number++) {
                String name = "singer " + number;
                others.add(ChildProcess.named("singer-" + number)
                        .heap("32m")
                        .start(() -> sing(name, microphones, onStage, crowded)));
            }
            first.kill();
            System.out.println("singer 1 is carried off");
            for (ChildProcess singer : others) {
                singer.join();
            }
            report(microphones, crowded);
        }
    }

    /** Runs in a child: takes a microphone and does not let go. */
    private static void singForEver(SharedSemaphore microphones, SharedSignal taken) throws InterruptedException {
        microphones.acquire();
        System.out.println("singer 1 takes a microphone, for ever");
        taken.post();
        while (true) {
            TimeUnit.MILLISECONDS.sleep(SONG_MILLIS);
        }
    }

    /** Runs in a child: sings one song, and looks how many do. */
    private static void sing(String name, SharedSemaphore microphones, SharedSignal onStage, SharedSignal crowded)
            throws InterruptedException {
        microphones.acquire();
        try {
            onStage.post();
            long singing = onStage.count();
            System.out.println(name + " sings; on stage: " + singing);
            if (singing > MICROPHONES) {
                crowded.post();
            }
            TimeUnit.MILLISECONDS.sleep(SONG_MILLIS);
            onStage.await();
        } finally {
            microphones.release();
        }
    }

    private static void report(SharedSemaphore microphones, SharedSignal crowded) throws InterruptedException {
        boolean back = microphones.tryAcquire(MICROPHONES, PATIENCE);
        if (!back || crowded.count() > 0) {
            System.out.println("TOO MANY on stage, or a microphone is gone: " + microphones);
            System.exit(1);
        }
        System.out.println("never more than " + MICROPHONES + " on stage, and both microphones are back");
    }
}
