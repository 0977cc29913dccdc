/**
 * Data that processes share: handles that are captured by a task or passed to it, and mean the same bytes in every process.
 *
 * <p>Start at {@link io.muster.ipc.data.SharedArray} (arrays of primitives), {@link io.muster.ipc.data.SharedLong} (one of them),
 * {@link io.muster.ipc.data.SharedStruct} (records of them), {@link io.muster.ipc.data.SharedMap} and
 * {@link io.muster.ipc.data.SharedList}. Not here: how a file becomes shared memory
 * ({@code io.muster.ipc.memory}) and waiting for others to change it ({@code io.muster.ipc.wait}).
 */
package io.muster.ipc.data;
