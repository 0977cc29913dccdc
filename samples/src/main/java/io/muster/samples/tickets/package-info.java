/**
 * A lock keeps processes from selling what is sold already. Start at {@link io.muster.samples.tickets.Tickets}. Not here: what
 * becomes of a lock whose owner dies ({@code io.muster.samples.survivor}).
 */
package io.muster.samples.tickets;
