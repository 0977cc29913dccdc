/** Maps between real processes that are really killed. */
package io.muster.shared.map;
