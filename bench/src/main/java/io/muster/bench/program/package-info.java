/**
 * The Java programs that the harness launches: each measures one side and prints a line per metric.
 *
 * <p>Start at {@link io.muster.bench.program.Figures}, which is how they print. Not here: who starts them and why.
 */
package io.muster.bench.program;
