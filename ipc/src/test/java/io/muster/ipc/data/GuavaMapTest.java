package io.muster.ipc.data;

import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
import com.google.common.collect.testing.TestStringMapGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Guava's suite for {@code ConcurrentMap}s, all of it but what asks for null keys or values, a known order of iteration, or
 * exceptions for modifications during iteration: a weakly consistent map has none of these, and the suite knows.
 */
class GuavaMapTest {
    private final Reused<SharedMap<String, String>> maps =
            new Reused<>(SharedMap::create, map -> map.keySet().removeIf(key -> true), SharedMap::close);

    @TestFactory
    List<DynamicNode> guavaFindsAConcurrentMap() {
        return GuavaTests.of(ConcurrentMapTestSuiteBuilder.using(new TestStringMapGenerator() {
                    @Override
                    protected Map<String, String> create(Map.Entry<String, String>[] entries) {
                        SharedMap<String, String> map = maps.get();
                        for (Map.Entry<String, String> entry : entries) {
                            map.put(entry.getKey(), entry.getValue());
                        }
                        return map;
                    }
                })
                .named("SharedMap")
                .withFeatures(
                        MapFeature.GENERAL_PURPOSE, CollectionFeature.SUPPORTS_ITERATOR_REMOVE, CollectionSize.ANY)
                .withTearDown(maps::closeAll)
                .createTestSuite());
    }
}
