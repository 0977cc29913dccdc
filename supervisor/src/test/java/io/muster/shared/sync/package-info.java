/** Permits, barriers, read-write locks and events between real processes that are really killed. */
package io.muster.shared.sync;
