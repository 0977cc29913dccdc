package io.muster.shared.channel;

/** The same where nobody has a native layer to sleep with. */
class PortablePipeMidMessageTest extends PipeMidMessageTest {}
