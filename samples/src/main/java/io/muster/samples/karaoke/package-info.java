/**
 * A semaphore limits how many processes do something at once, and a killed holder's permit comes back. Start at
 * {@link io.muster.samples.karaoke.Karaoke}. Not here: how permits are counted ({@code io.muster.ipc.sync}).
 */
package io.muster.samples.karaoke;
