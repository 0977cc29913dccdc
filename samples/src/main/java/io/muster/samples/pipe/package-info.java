/**
 * A pipe ends when nobody can send any more. Start at {@link io.muster.samples.pipe.EndOfPipe}. Not here: many who take from
 * many ({@code io.muster.samples.producerconsumer}).
 */
package io.muster.samples.pipe;
