package io.muster.ipc.channel;

import com.google.common.collect.testing.QueueTestSuiteBuilder;
import com.google.common.collect.testing.TestStringQueueGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.Feature;
import io.muster.ipc.data.Reused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** All that Guava asks of a queue that takes no null, serialization included. */
class QueueGuavaTest {
    private static final CollectionFeature[] WHAT_IT_CAN = {
        CollectionFeature.GENERAL_PURPOSE, CollectionFeature.KNOWN_ORDER,
    };

    private static List<DynamicNode> suite(
            String name, Supplier<SharedQueue<String>> maker, CollectionFeature... more) {
        Reused<SharedQueue<String>> queues = new Reused<>(maker, SharedQueue::clear, SharedQueue::close);
        List<Feature<?>> features = new ArrayList<>(Arrays.asList(WHAT_IT_CAN));
        features.addAll(Arrays.asList(more));
        features.add(CollectionSize.ANY);
        return GuavaTests.of(QueueTestSuiteBuilder.using(new TestStringQueueGenerator() {
                    @Override
                    protected Queue<String> create(String[] elements) {
                        SharedQueue<String> queue = queues.get();
                        queue.addAll(Arrays.asList(elements));
                        return queue;
                    }
                })
                .named(name)
                .withFeatures(features)
                .withTearDown(queues::closeAll)
                .createTestSuite());
    }

    @TestFactory
    List<DynamicNode> aSharedQueue() {
        return suite("SharedQueue", () -> SharedQueue.create(100), CollectionFeature.SERIALIZABLE);
    }

    @TestFactory
    List<DynamicNode> aQueueInProcess() {
        return suite("in process", () -> SharedQueue.builder(String.class).createInProcess());
    }

    @TestFactory
    List<DynamicNode> aJoinableQueue() {
        return suite("JoinableQueue", () -> JoinableQueue.create(20), CollectionFeature.SERIALIZABLE);
    }

    @TestFactory
    List<DynamicNode> aDeque() {
        return suite("SharedDeque", () -> SharedDeque.create(100), CollectionFeature.SERIALIZABLE);
    }
}
