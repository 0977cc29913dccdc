/**
 * Calls a static method, named on a command line, with strings: finds it, turns each string into its argument, and its result
 * into text, so that nothing but strings travels.
 *
 * <p>Start at {@link io.muster.internal.shell.MethodSearch} (in the parent) and {@link io.muster.internal.shell.ItemCall} (in
 * a worker). Not here: pools, standard streams and options, which are the command line's.
 */
package io.muster.internal.shell;
