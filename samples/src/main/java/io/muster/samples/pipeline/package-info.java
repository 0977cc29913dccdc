/**
 * Stages of processes, joined by bounded queues: files are read, parsed, aggregated, reported. The parent starts the stages,
 * ends them one after the other, and shows how they get on.
 *
 * <p>Start at {@link io.muster.samples.pipeline.Pipeline}; what each stage does stands in
 * {@link io.muster.samples.pipeline.Stage}.
 *
 * <p>Not here: the same job by a pool, which is the faster way for it ({@code io.muster.samples.wordcount}), and queues that
 * outlive the program ({@code io.muster.ipc.journal}).
 */
package io.muster.samples.pipeline;
