/**
 * A topic gives everything to every subscriber, also to one that comes late. Start at {@link io.muster.samples.news.News}.
 * Not here: entries that one consumer each takes ({@code io.muster.samples.worklist}).
 */
package io.muster.samples.news;
