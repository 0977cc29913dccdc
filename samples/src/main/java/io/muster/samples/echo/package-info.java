/**
 * Several JVMs serve one TCP port: the kernel deals out the connections. Start at {@link io.muster.samples.echo.Echo}. Not here:
 * connections that carry objects and know who is at the other end ({@code io.muster.ipc.channel}).
 */
package io.muster.samples.echo;
