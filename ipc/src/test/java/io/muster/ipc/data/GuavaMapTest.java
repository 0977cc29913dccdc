package io.muster.ipc.data;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
import com.google.common.collect.testing.TestStringMapGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import junit.framework.TestCase;
import junit.framework.TestFailure;
import junit.framework.TestResult;
import junit.framework.TestSuite;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Guava's suite for {@code ConcurrentMap}s, all of it but what asks for null keys or values, a known order of iteration, or
 * exceptions for modifications during iteration: a weakly consistent map has none of these, and the suite knows.
 */
class GuavaMapTest {
    private final List<SharedMap<?, ?>> made = new ArrayList<>();

    @AfterEach
    void closeAll() {
        made.forEach(SharedMap::close);
    }

    @TestFactory
    Stream<DynamicTest> concurrentMap() {
        TestSuite suite = ConcurrentMapTestSuiteBuilder.using(new TestStringMapGenerator() {
                    @Override
                    protected Map<String, String> create(Map.Entry<String, String>[] entries) {
                        SharedMap<String, String> map = SharedMap.create();
                        made.add(map);
                        for (Map.Entry<String, String> entry : entries) {
                            map.put(entry.getKey(), entry.getValue());
                        }
                        return map;
                    }
                })
                .named("SharedMap")
                .withFeatures(
                        MapFeature.GENERAL_PURPOSE, CollectionFeature.SUPPORTS_ITERATOR_REMOVE, CollectionSize.ANY)
                .createTestSuite();
        List<TestCase> cases = new ArrayList<>();
        flatten(suite, cases);
        assertFalse(cases.isEmpty());
        return cases.stream().map(each -> DynamicTest.dynamicTest(each.toString(), () -> run(each)));
    }

    private static void flatten(junit.framework.Test test, List<TestCase> cases) {
        if (test instanceof TestCase single) {
            cases.add(single);
        } else if (test instanceof TestSuite suite) {
            for (Enumeration<junit.framework.Test> tests = suite.tests(); tests.hasMoreElements(); ) {
                flatten(tests.nextElement(), cases);
            }
        } else {
            throw new AssertionError("neither case nor suite: " + test);
        }
    }

    private void run(TestCase test) throws Throwable {
        TestResult result = new TestResult();
        test.run(result);
        closeAll();
        made.clear();
        for (Enumeration<TestFailure> failures = result.failures(); failures.hasMoreElements(); ) {
            throw failures.nextElement().thrownException();
        }
        for (Enumeration<TestFailure> errors = result.errors(); errors.hasMoreElements(); ) {
            throw errors.nextElement().thrownException();
        }
    }
}
