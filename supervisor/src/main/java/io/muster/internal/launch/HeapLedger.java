package io.muster.internal.launch;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The heaps that children of this JVM have, or are about to have. A share is decided and entered in one step, as children
 * start side by side; and for a whole {@link Family} at its first member's start, as a pool next to it must not share out
 * what the others will need. Safe for use by any thread.
 */
final class HeapLedger {
    private static final class Here {
        static final HeapLedger LEDGER = new HeapLedger(HeapShare.ofThisJvm());
    }

    private record Entry(int children, long bytesEach) {}

    private final HeapShare share;
    private final Map<Object, Entry> entries = Collections.synchronizedMap(new IdentityHashMap<>());

    HeapLedger(HeapShare share) {
        this.share = share;
    }

    static HeapLedger ofThisJvm() {
        return Here.LEDGER;
    }

    /**
     * The maximum heap for a child: what its spec asks for, or its share.
     *
     * @param child stands for the child until {@link #leave}; one of a family is entered under that instead
     */
    long enter(Object child, LaunchSpec spec) {
        if (spec.isHidden()) {
            return spec.heapBytes(); // small, soon over, and others' shares must not depend on its moment
        }
        Family family = spec.family();
        Entry entry;
        int children;
        long all;
        synchronized (entries) {
            entry = entries.get(family);
            if (entry == null) {
                entry = family != null ? ofFamily(family, spec.heapBytes()) : ofSingle(spec.heapBytes());
                entries.put(family != null ? family : child, entry);
            }
            children = children();
            all = bytes();
        }
        share.report(entry.bytesEach, all, children);
        return entry.bytesEach;
    }

    /** The child or the family has ended, or could not be started. Does nothing if it was not entered. */
    void leave(Object childOrFamily) {
        entries.remove(childOrFamily);
    }

    private Entry ofFamily(Family family, long askedBytes) {
        return new Entry(family.size(), askedBytes > 0 ? askedBytes : share.ofFamily(family.size(), bytes()));
    }

    private Entry ofSingle(long askedBytes) {
        return new Entry(1, askedBytes > 0 ? askedBytes : share.ofSingle(children(), bytes()));
    }

    private int children() {
        int sum = 0;
        for (Entry entry : entries.values()) {
            sum += entry.children;
        }
        return sum;
    }

    private long bytes() {
        long sum = 0;
        for (Entry entry : entries.values()) {
            sum += entry.children * entry.bytesEach;
        }
        return sum;
    }
}
