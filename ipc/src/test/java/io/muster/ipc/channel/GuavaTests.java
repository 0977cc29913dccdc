package io.muster.ipc.channel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import junit.framework.Test;
import junit.framework.TestCase;
import junit.framework.TestSuite;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** Guava's generated suites are of JUnit 3: here they are tests of today's JUnit, each by its name. */
final class GuavaTests {
    private GuavaTests() {}

    static List<DynamicNode> of(TestSuite suite) {
        List<DynamicNode> nodes = new ArrayList<>();
        for (Test test : Collections.list(suite.tests())) {
            if (test instanceof TestSuite inner) {
                nodes.add(DynamicContainer.dynamicContainer(inner.getName(), of(inner)));
            } else {
                TestCase single = (TestCase) test;
                nodes.add(DynamicTest.dynamicTest(single.getName(), single::runBare));
            }
        }
        return nodes;
    }
}
