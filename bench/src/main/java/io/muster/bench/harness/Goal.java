package io.muster.bench.harness;

import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;

/** How good the median has to be: at most some cost, or at most some multiple of what a peer takes in the same run. */
public final class Goal {
    private static final Goal NONE = new Goal(Double.NaN, null, "");

    private final double limit;
    private final String reference;
    private final String times;

    /** @param times how much of the reference, for people */
    private Goal(double limit, String reference, String times) {
        this.limit = limit;
        this.reference = reference;
        this.times = times;
    }

    /** Nobody set one. */
    public static Goal none() {
        return NONE;
    }

    /** At most so much, in the unit of the metric. */
    public static Goal atMost(double cost) {
        return new Goal(cost, null, "");
    }

    /** At least so many items per second. */
    public static Goal atLeastPerSecond(double items) {
        return new Goal(1e9 / items, null, "");
    }

    /** At most {@code factor} times the cost of that contestant. */
    public static Goal atMostTimes(double factor, String contestant) {
        return new Goal(factor, Objects.requireNonNull(contestant, "contestant"), "<= " + digits(factor));
    }

    /** At least {@code factor} times the rate of that contestant. */
    public static Goal atLeastTimes(double factor, String contestant) {
        return new Goal(1 / factor, Objects.requireNonNull(contestant, "contestant"), ">= " + digits(factor));
    }

    /** Whom it compares with; null if nobody. */
    public String reference() {
        return reference;
    }

    /**
     * @param cost what we take
     * @param referenceCost what {@link #reference()} takes; empty if it was not measured
     */
    public Verdict judge(double cost, OptionalDouble referenceCost) {
        if (this == NONE) {
            return Verdict.NO_GOAL;
        }
        if (reference == null) {
            return cost <= limit ? Verdict.MET : Verdict.MISSED;
        }
        if (referenceCost.isEmpty()) {
            return Verdict.NOT_JUDGED;
        }
        return cost <= limit * referenceCost.getAsDouble() ? Verdict.MET : Verdict.MISSED;
    }

    /** For people. */
    public String show(Unit unit) {
        if (this == NONE) {
            return "";
        }
        return reference == null ? (unit == Unit.RATE ? ">= " : "<= ") + unit.show(limit) : times + " x " + reference;
    }

    private static String digits(double factor) {
        return String.format(Locale.ROOT, "%.4s", Double.toString(factor));
    }

    /** What came of it. */
    public enum Verdict {
        MET("met"),
        MISSED("MISSED"),
        /** The peer it is measured by is not here. */
        NOT_JUDGED("not judged"),
        NO_GOAL("");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
