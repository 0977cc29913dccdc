/**
 * What processes say to each other: connections that carry messages, queues that many put into and many take from.
 *
 * <p>Start at {@link io.muster.ipc.channel.Connection}; {@link io.muster.ipc.channel.Pipe} makes those between the processes of
 * one session, which lie in shared memory.
 */
package io.muster.ipc.channel;
