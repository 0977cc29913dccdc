/**
 * The place where programs meet: shared objects by name, for processes that know nothing of each other.
 *
 * <p>Start at {@link io.muster.ipc.Manager}; {@link io.muster.ipc.PlaceInspector} looks at such places from outside. Not here:
 * what the objects are ({@code io.muster.ipc.sync}, {@code io.muster.ipc.data}).
 */
package io.muster.ipc;
