package io.muster.bench;

import io.muster.bench.harness.Goal;
import io.muster.bench.harness.Group;
import io.muster.bench.harness.Metric;
import io.muster.bench.harness.Placement;
import io.muster.bench.harness.Program;
import io.muster.bench.harness.Setup;
import io.muster.bench.harness.Unit;
import io.muster.bench.program.CodecKind;
import io.muster.bench.program.CodecProgram;
import java.util.ArrayList;
import java.util.List;

/** Objects to bytes and back, inside one JVM; measured by JMH, each kind of object in a JVM of its own. */
final class CodecGroup implements Group {
    @Override
    public String name() {
        return "codec";
    }

    @Override
    public String description() {
        return "objects to bytes and back in one JVM; p50 and so on are over JMH's iterations, each a mean";
    }

    @Override
    public List<Placement> placements() {
        return List.of(Placement.FREE);
    }

    @Override
    public List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        for (CodecKind kind : CodecKind.values()) {
            metrics.add(new Metric(kind.name(), kind.title(), Unit.TIME, Goal.none()));
        }
        return metrics;
    }

    @Override
    public List<Program> programs(Setup setup, Placement placement) {
        int millis = setup.rounds(100, 50);
        List<Program> programs = new ArrayList<>();
        for (CodecKind kind : CodecKind.values()) {
            programs.add(setup.java("Muster, " + kind.title(), CodecProgram.class, "muster", MUSTER, kind, millis));
            programs.add(setup.java(
                    "JDK serialization, " + kind.title(),
                    CodecProgram.class,
                    "jdk",
                    "JDK serialization",
                    kind,
                    millis));
        }
        return programs;
    }
}
