/**
 * How a child JVM is started, watched and ended.
 *
 * <p>Start at {@link io.muster.internal.launch.Launcher}: it turns a {@link io.muster.internal.launch.LaunchSpec} into a
 * {@link io.muster.internal.launch.ChildHandle}. Not here: which flags, environment and classes reach the child
 * ({@code io.muster.internal.inherit}), and what runs in it ({@code io.muster.child}).
 */
package io.muster.internal.launch;
