/**
 * Tasks that outlive everybody who works on them. Start at {@link io.muster.samples.worklist.Worklist}; what one program does
 * with the list stands in {@link io.muster.samples.worklist.Office}, and what is promised in
 * {@link io.muster.samples.worklist.Log}.
 *
 * <p>Not here: work that goes with the program ({@code io.muster.samples.joinable}).
 */
package io.muster.samples.worklist;
