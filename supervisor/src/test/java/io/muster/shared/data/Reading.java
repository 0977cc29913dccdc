package io.muster.shared.data;

/** A record whose components say whether they belong together. */
record Reading(long count, double half, int negative, long writer) {
    Reading {
        if (half != count / 2.0 || negative != (int) -count) {
            throw new IllegalArgumentException("torn: " + count + " " + half + " " + negative);
        }
    }

    static Reading of(long count) {
        return new Reading(
                count, count / 2.0, (int) -count, ProcessHandle.current().pid());
    }

    Reading next() {
        return of(count + 1);
    }
}
