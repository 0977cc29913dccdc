/**
 * What processes say to each other: connections that carry messages, queues that many put into and many take from.
 *
 * <p>Start at {@link io.muster.ipc.channel.Connection}.
 */
package io.muster.ipc.channel;
