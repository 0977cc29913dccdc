package io.muster.ipc.channel;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Every implementation of a queue: shared and in-process, in each style. */
final class Queues {
    /** Makes one that can be closed. */
    interface Maker {
        SharedQueue<Object> make(int capacity, long bytes);

        default SharedQueue<Object> make(int capacity) {
            return make(capacity, SharedQueue.DEFAULT_CAPACITY_BYTES);
        }
    }

    private Queues() {}

    private static SharedQueueBuilder<Object, ? extends SharedQueue<Object>> builder(QueueStyle style) {
        return switch (style) {
            case FIFO -> SharedQueue.builder(Object.class);
            case LIFO -> SharedQueue.builder(Object.class).order(SharedQueue.Order.LIFO);
            case DEQUE -> SharedDeque.builder(Object.class);
            case PRIORITY -> SharedPriorityQueue.builder(Object.class);
            case JOINABLE -> JoinableQueue.builder(Object.class);
        };
    }

    static Maker shared(QueueStyle style) {
        return (capacity, bytes) ->
                builder(style).capacity(capacity).capacityBytes(bytes).create();
    }

    static Maker inProcess(QueueStyle style) {
        return (capacity, bytes) ->
                builder(style).capacity(capacity).capacityBytes(bytes).createInProcess();
    }

    static Stream<Arguments> all() {
        return Stream.of(QueueStyle.values())
                .flatMap(style -> Stream.of(
                        Arguments.of(style + ", shared", shared(style)),
                        Arguments.of(style + ", in process", inProcess(style))));
    }
}
