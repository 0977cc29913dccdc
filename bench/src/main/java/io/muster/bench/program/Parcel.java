package io.muster.bench.program;

import java.io.Serializable;

/** A small object, as programs send them. */
record Parcel(int number, long weight, String address) implements Serializable {
    static final Parcel EXAMPLE = new Parcel(7, 1L << 40, "sixteen letters.");
}
