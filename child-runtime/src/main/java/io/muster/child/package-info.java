/**
 * What runs inside a child JVM: read the bootstrap record, say "ready", run the target, and end with the parent.
 *
 * <p>Start at {@link io.muster.child.ChildMain}; {@link io.muster.child.ChildContext} is what the code that runs there
 * can ask. Everything up to the target's first statement is kept lean on purpose: no lambdas, streams, formatting,
 * regular expressions, mappings or native libraries, as each costs milliseconds of every start. Not here: starting
 * processes ({@code io.muster.internal.launch}).
 */
package io.muster.child;
