/** Locks, conditions and binary semaphores between real processes that are really killed. */
package io.muster.shared.locks;
