/**
 * What reaches a child: which JVM options, which environment, which classes. Start at {@link
 * io.muster.internal.inherit.InheritedOptions} and {@link io.muster.internal.inherit.ClassPathFinder}. Not here: starting
 * the process ({@code io.muster.internal.launch}), and what the child does with it ({@code io.muster.child}).
 */
package io.muster.internal.inherit;
