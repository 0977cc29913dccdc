/**
 * Several JVMs serve one TCP port: the kernel deals out the connections. Start at {@link io.muster.samples.echo.Echo}. Not here:
 * connections that carry objects and know who is at the other end: a {@code ConnectionServer} shares a port too
 * ({@code ConnectionOptions.reusePort}), with a shorter program, and half as many small messages a second.
 */
package io.muster.samples.echo;
