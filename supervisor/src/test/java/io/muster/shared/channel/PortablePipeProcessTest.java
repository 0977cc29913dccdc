package io.muster.shared.channel;

/** The same where nobody has a native layer to sleep with. */
class PortablePipeProcessTest extends PipeProcessTest {}
