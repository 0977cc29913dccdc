/**
 * Counting together loses nothing. Start at {@link io.muster.samples.counter.Counter}. Not here: changes that take more than
 * one step ({@code io.muster.samples.tickets}, with a lock).
 */
package io.muster.samples.counter;
