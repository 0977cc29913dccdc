/**
 * What can be sent to another process to run there: serializable forms of the usual functional interfaces.
 *
 * <p>Start at {@link io.muster.remote.RemoteCallable}. Not here: how they travel ({@code io.muster.ipc.codec}) and what
 * runs them ({@code io.muster}).
 */
package io.muster.remote;
