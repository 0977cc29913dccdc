/** Journals used by several processes, which are killed. */
package io.muster.shared.journal;
