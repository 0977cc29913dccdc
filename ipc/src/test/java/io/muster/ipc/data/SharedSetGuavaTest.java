package io.muster.ipc.data;

import com.google.common.collect.testing.SetTestSuiteBuilder;
import com.google.common.collect.testing.TestStringSetGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.SetFeature;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** A shared set is a set: all that Guava asks of one that refuses null. */
class SharedSetGuavaTest {
    private final Reused<SharedSet<String>> sets =
            new Reused<>(SharedSet::create, set -> set.removeIf(element -> true), SharedSet::close);

    @TestFactory
    List<DynamicNode> guavaFindsASet() {
        return GuavaTests.of(SetTestSuiteBuilder.using(new TestStringSetGenerator() {
                    @Override
                    protected Set<String> create(String[] elements) {
                        SharedSet<String> set = sets.get();
                        set.addAll(Arrays.asList(elements));
                        return set;
                    }
                })
                .named("SharedSet")
                .withFeatures(SetFeature.GENERAL_PURPOSE, CollectionFeature.SERIALIZABLE, CollectionSize.ANY)
                .withTearDown(sets::closeAll)
                .createTestSuite());
    }
}
