package io.muster.ipc.channel;

import org.junit.jupiter.api.Timeout;

/** Every promise of {@link Connection}, over two ends in this process: extend it once for each kind of connection. */
@Timeout(120)
abstract class ConnectionContract implements MessageContract, WaitingContract, EndContract, AllocationContract {}
