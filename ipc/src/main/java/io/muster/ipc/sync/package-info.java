/**
 * How processes wait for each other: locks, conditions, semaphores, events, barriers, each usable by any thread of any process
 * of the session, and each with a promise for the case that a process is killed.
 *
 * <p>Start at {@link io.muster.ipc.sync.SharedLock}. What is created is a handle: captured by a task or given as an
 * argument, it means the same object in the other process. Closing the handle that made an object ends the object, for
 * everybody: who waits for it gets a {@link io.muster.ipc.memory.ClosedObjectException}.
 *
 * <p>Not here: the lock that other structures are built on ({@code io.muster.ipc.internal.lock}), and how a thread sleeps
 * ({@code io.muster.ipc.wait}).
 */
package io.muster.ipc.sync;
