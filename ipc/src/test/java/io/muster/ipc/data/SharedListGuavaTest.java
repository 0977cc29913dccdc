package io.muster.ipc.data;

import com.google.common.collect.testing.ListTestSuiteBuilder;
import com.google.common.collect.testing.TestStringListGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.ListFeature;
import io.muster.ipc.internal.cell.Participants;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** A shared list is a list: all that Guava asks of one that can do everything, nulls and serialization included. */
class SharedListGuavaTest {
    private final Reused<SharedList<String>> lists =
            new Reused<>(() -> ListHandle.create(Participants.ofSession()), SharedList::clear, SharedList::close);

    @TestFactory
    List<DynamicNode> guavaFindsAList() {
        return GuavaTests.of(ListTestSuiteBuilder.using(new TestStringListGenerator() {
                    @Override
                    protected List<String> create(String[] elements) {
                        SharedList<String> list = lists.get();
                        list.addAll(Arrays.asList(elements));
                        return list;
                    }
                })
                .named("SharedList")
                .withFeatures(
                        ListFeature.GENERAL_PURPOSE,
                        CollectionFeature.SERIALIZABLE,
                        CollectionFeature.ALLOWS_NULL_VALUES,
                        CollectionSize.ANY)
                .withTearDown(lists::closeAll)
                .createTestSuite());
    }
}
