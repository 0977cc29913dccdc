/**
 * Bells: how one thread waits for many things. Who waits has a bell in shared memory; each thing that it waits for keeps the
 * numbers of the bells that want to hear of it, and rings them when it becomes ready.
 *
 * <p>A thing that can be waited for reserves {@link io.muster.ipc.internal.bell.Watchers#BYTES} in its layout, rings its {@link
 * io.muster.ipc.internal.bell.Watchers} after it has published, and its handle is a {@link
 * io.muster.ipc.internal.bell.BellSource}. Who waits has a {@link io.muster.ipc.internal.bell.Bell}.
 */
package io.muster.ipc.internal.bell;
