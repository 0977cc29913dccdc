package io.muster.bench.harness;

import java.util.Objects;

/**
 * One thing that is measured of every contestant.
 *
 * @param id what programs call it when they print it
 * @param title for people
 * @param unit of its figures
 * @param goal for Muster
 * @param judgedIn where the goal counts; elsewhere the figure is only shown
 */
public record Metric(String id, String title, Unit unit, Goal goal, Placement judgedIn) {
    public Metric {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(goal, "goal");
        Objects.requireNonNull(judgedIn, "judgedIn");
    }

    /** One that is judged where the scheduler places the processes. */
    public Metric(String id, String title, Unit unit, Goal goal) {
        this(id, title, unit, goal, Placement.FREE);
    }

    /** The goal as it counts there. */
    public Goal goalIn(Placement placement) {
        return placement == judgedIn ? goal : Goal.none();
    }
}
