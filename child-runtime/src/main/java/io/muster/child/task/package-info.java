/**
 * The table through which a pool hands tasks to its workers, and the loop with which a worker serves it.
 *
 * <p>Start at {@link io.muster.child.task.TaskTableLayout}, the picture, then {@link io.muster.child.task.SlotWord}, the
 * life of a slot, then {@link io.muster.child.task.WorkerLoop}. Not here: who starts workers, who decides what runs next,
 * and futures ({@code io.muster.internal.pool} in the supervisor).
 */
package io.muster.child.task;
