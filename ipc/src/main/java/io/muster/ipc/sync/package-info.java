/**
 * Locks, semaphores, events and their like for the threads of several processes, kept when any of them is killed.
 *
 * <p>Start at an interface, such as {@link io.muster.ipc.sync.SharedSemaphore}; its {@code create} makes one, and its handle
 * travels to other processes. Not here: sleeping and spinning ({@code io.muster.ipc.wait}), the lock under structures
 * ({@code io.muster.ipc.internal.lock}).
 */
package io.muster.ipc.sync;
