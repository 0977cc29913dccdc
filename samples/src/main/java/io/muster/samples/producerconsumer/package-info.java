/**
 * Producers and consumers share a bounded queue. Start at {@link io.muster.samples.producerconsumer.ProducerConsumer}. Not
 * here: consumers that never end ({@code io.muster.samples.joinable}), queues in a row ({@code io.muster.samples.pipeline}).
 */
package io.muster.samples.producerconsumer;
