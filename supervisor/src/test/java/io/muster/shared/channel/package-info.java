/** Queues between real processes that are really killed. */
package io.muster.shared.channel;
