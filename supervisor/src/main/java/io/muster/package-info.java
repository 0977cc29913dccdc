/**
 * Child JVMs and pools of them: what a program imports first.
 *
 * <p>Start at {@link io.muster.ChildProcess} for one child. Not here: shared memory and what lives in it
 * ({@code io.muster.ipc}), and how a child is started ({@code io.muster.internal}).
 */
package io.muster;
