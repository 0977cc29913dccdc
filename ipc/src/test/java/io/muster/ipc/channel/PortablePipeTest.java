package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;

/** The same where nobody has a native layer to sleep with; for a JVM of its own. */
class PortablePipeTest extends PipeTest {
    @BeforeAll
    static void waitsByPolling() {
        assumeTrue(Boolean.getBoolean("muster.wait.portable"), "must be set before this JVM first waits");
    }
}
