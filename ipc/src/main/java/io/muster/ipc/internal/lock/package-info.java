/**
 * The lock that every structure with more than one word stands on: it survives the death of whoever holds it.
 *
 * <p>Start at {@link io.muster.ipc.internal.lock.RobustLock}; its words and their rules are drawn in
 * {@code RobustLockLayout}. Not here: reentrancy and conditions, which are for users ({@code io.muster.ipc.sync}).
 */
package io.muster.ipc.internal.lock;
