package io.muster.bench.harness;

import java.util.List;

/** Metrics that are measured together. */
public interface Group {
    /** The name of Muster's own figures in every program's output. */
    String MUSTER = "Muster";

    /** What one types. */
    String name();

    /** One line for people. */
    String description();

    /** Where it is measured, one after the other. */
    List<Placement> placements();

    /** What its programs print, in the order of the report. */
    List<Metric> metrics();

    /** Whom to start, in turn; those that lack a tool here are among them and say so. */
    List<Program> programs(Setup setup, Placement placement) throws InterruptedException;
}
