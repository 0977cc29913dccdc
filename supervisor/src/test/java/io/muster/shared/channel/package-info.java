/** What processes say to each other, and waiting for many of them, with real children and real kills. */
package io.muster.shared.channel;
