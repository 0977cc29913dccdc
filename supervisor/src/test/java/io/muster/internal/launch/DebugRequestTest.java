package io.muster.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The flag of a debugger. */
class DebugRequestTest {
    @Test
    void listensOnTheLoopbackInterfaceOnly() {
        String flag = new DebugRequest(5005, true).jvmArg();
        assertEquals("-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:5005", flag);
        assertTrue(new DebugRequest(0, false).jvmArg().endsWith("suspend=n,address=127.0.0.1:0"));
    }

    @Test
    void theVariableNamesChildren() {
        assertEquals(new DebugRequest(0, false), DebugRequest.find("worker-1", "worker-1"));
        assertEquals(new DebugRequest(0, true), DebugRequest.find("other, worker-1:suspend", "worker-1"));
        assertEquals(new DebugRequest(0, false), DebugRequest.find("worker-*", "worker-17"));
        assertEquals(new DebugRequest(0, false), DebugRequest.find("worker-1", "pool-1-worker-1"));
        assertNull(DebugRequest.find("worker-1", "worker-11"));
        assertNull(DebugRequest.find("worker-1", "pool-1-worker-11"));
        assertNull(DebugRequest.find("orker-1", "worker-1"));
        assertNull(DebugRequest.find(",", "worker-"));
        assertNull(DebugRequest.find("", "worker-1"));
        assertNull(DebugRequest.find(null, "worker-1"));
    }
}
