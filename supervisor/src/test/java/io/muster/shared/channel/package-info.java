/** What is said between real processes, and what becomes of it when they are killed. */
package io.muster.shared.channel;
