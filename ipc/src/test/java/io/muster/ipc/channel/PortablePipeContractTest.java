package io.muster.ipc.channel;

/** The same where nobody has a native layer to sleep with; for a JVM of its own. */
class PortablePipeContractTest extends PipeContractTest {}
