/**
 * What every shared object stands on: a cell of shared memory of its own, and the process as a party of the place that
 * the cell lies in.
 *
 * <p>Start at {@link io.muster.ipc.internal.cell.Participant} (this process in one place: who it is, who is dead, how it
 * sleeps) and {@link io.muster.ipc.internal.cell.Cell} (where one object's bytes lie). Many small objects share a file,
 * see {@link io.muster.ipc.internal.cell.CellStore}.
 *
 * <p>Not here: what the bytes mean; that is the business of each kind of object.
 */
package io.muster.ipc.internal.cell;
