/**
 * The process pool behind {@link io.muster.ProcessPool}: from a call to a slot of the shared table and back to a future,
 * and the workers that must be there for it.
 *
 * <p>Start at {@link io.muster.internal.pool.SharedPool}, then {@link io.muster.internal.pool.Window} (which tasks are in
 * the table), {@link io.muster.internal.pool.Collector} (outcomes) and {@link io.muster.internal.pool.WorkerKeeper}
 * (workers). Not here: what a worker does ({@code io.muster.child.task}) and how a JVM is started ({@code
 * io.muster.internal.launch}).
 */
package io.muster.internal.pool;
