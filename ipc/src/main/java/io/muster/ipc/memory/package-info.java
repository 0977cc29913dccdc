/**
 * Shared memory and who lives in it: files that several processes map, the directory they lie in, and the table that
 * says which of those processes are alive.
 *
 * <p>Start at {@link io.muster.ipc.memory.SessionDirectory}, then {@link io.muster.ipc.memory.Place} (who is here, who
 * is dead), {@link io.muster.ipc.memory.Segment} (one mapped file) and {@link io.muster.ipc.memory.Memory} (its bytes).
 *
 * <p>Not here: sleeping until memory changes ({@code io.muster.ipc.wait}), turning objects into bytes ({@code
 * io.muster.ipc.codec}), starting processes. Nothing native: only what the JDK has.
 */
package io.muster.ipc.memory;
