package io.muster.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.muster.bench.harness.Goal.Verdict;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class GoalTest {
    private static final OptionalDouble NOBODY = OptionalDouble.empty();

    @Test
    void anAbsoluteGoalIsMetAtItsLimit() {
        Goal goal = Goal.atMost(1000);

        assertEquals(Verdict.MET, goal.judge(1000, NOBODY));
        assertEquals(Verdict.MISSED, goal.judge(1001, NOBODY));
        assertEquals("<= 1.00 us", goal.show(Unit.TIME));
    }

    @Test
    void aRateIsJudgedByTheCostOfAnItem() {
        Goal goal = Goal.atLeastPerSecond(25e6);

        assertEquals(Verdict.MET, goal.judge(39, NOBODY));
        assertEquals(Verdict.MISSED, goal.judge(41, NOBODY));
        assertEquals(">= 25.0 M/s", goal.show(Unit.RATE));
    }

    @Test
    void aRelativeGoalIsJudgedByItsReference() {
        Goal goal = Goal.atMostTimes(1.3, "bare JVM");

        assertEquals(Verdict.MET, goal.judge(52, OptionalDouble.of(40)));
        assertEquals(Verdict.MISSED, goal.judge(53, OptionalDouble.of(40)));
        assertEquals(Verdict.NOT_JUDGED, goal.judge(52, NOBODY));
        assertEquals("<= 1.3 x bare JVM", goal.show(Unit.TIME));
    }

    @Test
    void noGoalIsNeitherMetNorMissed() {
        assertEquals(Verdict.NO_GOAL, Goal.none().judge(1, NOBODY));
        assertEquals("", Goal.none().show(Unit.TIME));
    }

    @Test
    void aRateMayBeMeasuredByThatOfAPeer() {
        Goal goal = Goal.atLeastTimes(0.6, "ring");

        assertEquals(">= 0.6 x ring", goal.show(Unit.RATE));
        assertEquals(Verdict.MET, goal.judge(166, OptionalDouble.of(100)));
        assertEquals(Verdict.MISSED, goal.judge(168, OptionalDouble.of(100)));
        assertEquals(Verdict.NOT_JUDGED, goal.judge(1, NOBODY));
    }
}
