/**
 * A condition lets through exactly as many as were notified. Start at {@link io.muster.samples.gate.Gate}. Not here: locks
 * alone ({@code io.muster.samples.tickets}).
 */
package io.muster.samples.gate;
