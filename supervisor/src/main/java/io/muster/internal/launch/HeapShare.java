package io.muster.internal.launch;

/** A child's share of the memory. */
final class HeapShare {
    private HeapShare() {}

    static long defaultBytes(LaunchSpec spec) {
        return 256L << 20;
    }
}
