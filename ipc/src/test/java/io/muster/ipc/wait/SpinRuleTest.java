package io.muster.ipc.wait;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What a waiter learns about the other side: {@link #answersWhenWeGiveWay} is one that needs our CPU. */
class SpinRuleTest {
    private static final int SOME_WAITS = 10;
    /** More than passes until one that shares a CPU spins again. */
    private static final int MANY_WAITS = 100;

    private boolean answersWhenWeGiveWay = true;
    private boolean answersByItself;
    private boolean answered;
    private Runnable whileOthersRun = () -> {};
    private int yields;
    private int looks;
    private final SpinRule rule = new SpinRule(1, this::giveWay);

    private void giveWay() {
        yields++;
        answered |= answersWhenWeGiveWay;
        whileOthersRun.run();
    }

    private boolean look() {
        looks++;
        return answered || answersByItself;
    }

    private boolean await() {
        answered = false;
        looks = 0;
        yields = 0;
        return rule.spinOrYield(this::look, true);
    }

    private void learnThatBothAreOnOneCpu() {
        for (int i = 0; i < SOME_WAITS; i++) {
            assertTrue(await());
        }
    }

    @Test
    void spinsFirstWhileItKnowsNothing() {
        assertTrue(await());

        assertTrue(looks > SpinRule.MIN_SPINS, looks + " looks");
        assertEquals(1, yields);
    }

    @Test
    void givesWayAtOnceToOneThatNeedsItsCpu() {
        learnThatBothAreOnOneCpu();

        assertTrue(await());

        assertEquals(1, looks);
        assertEquals(1, yields);
    }

    @Test
    void spinsAgainAfterItHasGivenWayInVain() {
        learnThatBothAreOnOneCpu();
        answersWhenWeGiveWay = false;
        assertFalse(await());
        answersWhenWeGiveWay = true;

        assertTrue(await());

        assertTrue(looks > 1, looks + " looks");
    }

    @Test
    void findsOutThatTheOtherSideHasACpuOfItsOwnByNow() {
        learnThatBothAreOnOneCpu();
        answersByItself = true;
        for (int i = 0; i < MANY_WAITS; i++) {
            assertTrue(await());
        }

        assertTrue(await());

        assertEquals(0, yields);
    }

    @Test
    void oneThatMayNotSpinOnlyGivesWay() {
        assertTrue(rule.spinOrYield(this::look, false));

        assertEquals(1, looks);
    }

    @Test
    void givesWayNoMoreForAWhileWhenStrangersHaveTakenAWholeSlice() {
        answersWhenWeGiveWay = false;
        whileOthersRun = () -> {
            long end = System.nanoTime() + 100_000;
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
        };
        assertFalse(await());
        assertEquals(1, yields);

        assertFalse(await());

        assertEquals(0, yields);
    }
}
