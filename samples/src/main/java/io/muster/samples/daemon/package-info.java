/**
 * A daemon child ends with its parent, however that ends. Start at {@link io.muster.samples.daemon.Daemon}. Not here: how a
 * child notices ({@code io.muster.child}).
 */
package io.muster.samples.daemon;
