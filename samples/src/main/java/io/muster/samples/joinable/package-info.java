/**
 * Who hands out work waits until it is done, not until somebody has taken it. Start at
 * {@link io.muster.samples.joinable.Joinable}. Not here: work that outlives the program ({@code io.muster.ipc.journal}).
 */
package io.muster.samples.joinable;
