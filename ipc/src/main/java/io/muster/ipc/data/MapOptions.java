package io.muster.ipc.data;

/**
 * What is said once about a map, when it is made, and kept in its header.
 *
 * @param keyType class name, for named use
 * @param valueType class name, for named use
 * @param expectedEntries 0 if unknown
 * @param maxEntries 0: no bound
 * @param maxBytes 0: no bound
 * @param ttlNanos how long entries live if their put says nothing; 0: for ever
 * @param wallClock whether expiry is on the wall clock, as the map outlives a boot
 * @param anyKeys whether keys may be of classes whose equal objects may have different encodings
 * @param firstBytes of a stripe's first segment; 0: as fits
 */
record MapOptions(
        String keyType,
        String valueType,
        long expectedEntries,
        long maxEntries,
        long maxBytes,
        long ttlNanos,
        boolean wallClock,
        boolean anyKeys,
        long firstBytes) {
    static final int STRIPES = 16;
    private static final long ENTRIES_PER_STRIPE = 64 * 1024;
    private static final long FEWEST_ENTRIES_PER_STRIPE = 64;
    private static final long FEWEST_BYTES_PER_STRIPE = 1 << 20;
    private static final int MOST_RECENCY_BYTES = 1 << 16;
    /** One page, with the segment's header. */
    private static final long LEAST_FIRST_BYTES = 4096 - 64;

    private static final long MOST_FIRST_BYTES = 1L << 30;

    static MapOptions of(Class<?> keyType, Class<?> valueType) {
        return new MapOptions(keyType.getName(), valueType.getName(), 0, 0, 0, 0, false, false, 0);
    }

    /** So many that writers seldom meet; so few that each has its fair share of a bound. */
    int stripes() {
        long stripes = STRIPES;
        while (stripes < MapLayout.MOST_STRIPES && expectedEntries / stripes > ENTRIES_PER_STRIPE) {
            stripes *= 2;
        }
        while (stripes > 1
                && (maxEntries != 0 && maxEntries / stripes < FEWEST_ENTRIES_PER_STRIPE
                        || maxBytes != 0 && maxBytes / stripes < FEWEST_BYTES_PER_STRIPE)) {
            stripes /= 2;
        }
        return (int) stripes;
    }

    /** Of each stripe, rounded down: all together never hold more than was asked for. */
    long maxEntriesOfStripe() {
        return maxEntries / stripes();
    }

    long maxBytesOfStripe() {
        return maxBytes / stripes();
    }

    long firstBytesOfStripe() {
        if (firstBytes != 0) {
            return firstBytes;
        }
        // Stripes do not fill evenly.
        long bytes = expectedEntries / stripes() * StripeLayout.TYPICAL_ENTRY_BYTES * 5 / 4;
        return Math.min(MOST_FIRST_BYTES, Math.max(LEAST_FIRST_BYTES, bytes));
    }

    int recencyBytes() {
        if (maxEntries == 0 && maxBytes == 0) {
            return 0;
        }
        long entries = maxEntries != 0 ? maxEntriesOfStripe() : maxBytesOfStripe() / StripeLayout.TYPICAL_ENTRY_BYTES;
        return (int) Math.min(MOST_RECENCY_BYTES, Long.highestOneBit(Math.max(32, entries)) * 2);
    }
}
