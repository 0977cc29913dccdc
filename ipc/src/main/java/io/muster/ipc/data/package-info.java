/**
 * Data that processes share: handles that are captured by a task or passed to it, and mean the same bytes in every process.
 *
 * <p>Start at {@link io.muster.ipc.data.SharedIntArray} or {@link io.muster.ipc.data.SharedList}. Not here: how a file becomes shared memory
 * ({@code io.muster.ipc.memory}) and waiting for others to change it ({@code io.muster.ipc.wait}).
 */
package io.muster.ipc.data;
