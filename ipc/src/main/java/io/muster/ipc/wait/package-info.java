/**
 * Waiting for another process: look, spin a little, then sleep on a word of shared memory until somebody rings.
 *
 * <p>Start at {@link io.muster.ipc.wait.Waiter} (the one who waits) and {@link io.muster.ipc.wait.WaitWord} (what it
 * waits on, and what a waker rings). {@link io.muster.ipc.wait.Parking} is how a thread is put to sleep: by futex where
 * the machine has it, by polling with growing pauses elsewhere. All native calls of the project are made here.
 *
 * <p>Not here: what the words mean, who is dead ({@code io.muster.ipc.memory.Place}), locks and queues.
 */
package io.muster.ipc.wait;
