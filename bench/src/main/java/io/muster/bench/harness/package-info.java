/**
 * How Muster and its peers are measured side by side, whatever is measured: programs are launched in turn, print their
 * figures, and become series, tables and verdicts.
 *
 * <p>Start at {@link io.muster.bench.harness.Group}, then {@link io.muster.bench.harness.Launches}. Not here: what is
 * measured ({@code io.muster.bench}) and the code that runs inside a launched program ({@code io.muster.bench.program}).
 */
package io.muster.bench.harness;
