package io.muster.bench.harness;

/** On which processors a measurement runs. */
public enum Placement {
    /** Wherever the scheduler likes. */
    FREE("free"),
    /** All processes on one processor. */
    ONE_CPU("one CPU"),
    /** The two sides on a processor each. */
    APART("pinned apart");

    private final String text;

    Placement(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
