/**
 * A lock survives its owner. Start at {@link io.muster.samples.survivor.Survivor}. Not here: waiting for a lock in general
 * ({@code io.muster.samples.tickets}).
 */
package io.muster.samples.survivor;
