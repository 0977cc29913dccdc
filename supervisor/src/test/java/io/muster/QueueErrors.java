package io.muster;

import static io.muster.ErrorsPageTest.thrown;

import io.muster.ErrorsPageTest.Provocation;
import io.muster.ipc.channel.JoinableQueue;
import io.muster.ipc.channel.SharedPriorityQueue;
import io.muster.ipc.channel.SharedQueue;
import java.util.Map;

/** The part of {@link ErrorsPageTest} that is about queues. */
final class QueueErrors {
    private QueueErrors() {}

    /** Cannot be made any more once it is worn out. */
    private record Fragile(String text) {
        private static volatile boolean wornOut;

        Fragile {
            if (wornOut) {
                throw new IllegalStateException(text + " is worn out");
            }
        }
    }

    static void addTo(Map<String, Provocation> all) {
        all.put("An item of a queue cannot be read", () -> {
            try (SharedQueue<Fragile> queue = SharedQueue.create(3)) {
                queue.put(new Fragile("this"));
                Fragile.wornOut = true;
                return thrown(queue::take);
            } finally {
                Fragile.wornOut = false;
            }
        });
        all.put("An item is larger than its queue", () -> {
            try (SharedQueue<String> queue =
                    SharedQueue.builder(String.class).capacityBytes(100).create()) {
                return thrown(() -> queue.put("x".repeat(200)));
            }
        });
        all.put("taskDone is called too often", () -> {
            try (JoinableQueue<String> queue = JoinableQueue.create(3)) {
                return thrown(queue::taskDone);
            }
        });
        all.put("An item without a priority", () -> {
            try (SharedPriorityQueue<String> queue = SharedPriorityQueue.create(3)) {
                return thrown(() -> queue.put("when?"));
            }
        });
    }
}
