/**
 * What is measured: one class per group of {@code muster bench}, with its programs, metrics and goals.
 *
 * <p>Start at {@link io.muster.bench.Bench}. Not here: how programs are launched and figures judged ({@code
 * io.muster.bench.harness}), and what the launched Java programs do ({@code io.muster.bench.program}); the peers' programs
 * are resources, in Python and C.
 */
package io.muster.bench;
