package io.muster.ipc.wait;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What a waiter learns about the other side: {@link #answersWhenWeGiveWay} is one that needs our CPU. */
class SpinRuleTest {
    /** More than pass until one that shares a CPU spins again. */
    private static final int MANY_WAITS = 100;

    private boolean answersWhenWeGiveWay = true;
    private boolean answersByItself;
    private boolean answered;
    private Runnable whileOthersRun = () -> {};
    private int yields;
    private int looks;
    private long now;
    private final SpinRule rule = new SpinRule(1, this::giveWay);
    private Spinning spinning = Spinning.FREELY;

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
        return rule.spinOrYield(this::look, spinning);
    }

    @Test
    void spinsBeforeItGivesWay() {
        for (int i = 0; i < MANY_WAITS; i++) {
            assertTrue(await());

            assertTrue(looks > SpinRule.MIN_SPINS, looks + " looks");
            assertEquals(1, yields);
        }
    }

    private void sleep(int times, long nanos) {
        sleep(times, nanos, 1000);
    }

    private void sleep(int times, long nanos, long awakeBetween) {
        for (int i = 0; i < times; i++) {
            now += awakeBetween;
            rule.slept(now, now + nanos);
            now += nanos;
        }
    }

    @Test
    void spinsLongOnceAfterManyShortSleeps() {
        answersWhenWeGiveWay = false;
        sleep(SpinRule.SHORT_SLEEPS, 70_000);

        assertFalse(await());
        assertTrue(looks > SpinRule.LONG_SPINS, looks + " looks");

        assertFalse(await());
        assertTrue(looks < SpinRule.MAX_SPINS, looks + " looks");
    }

    @Test
    void aLongSpinInVainIsTriedLessOften() {
        answersWhenWeGiveWay = false;
        sleep(SpinRule.SHORT_SLEEPS, 70_000);
        assertFalse(await());
        sleep(SpinRule.SHORT_SLEEPS, 70_000);

        assertFalse(await());
        assertTrue(looks < SpinRule.MAX_SPINS, looks + " looks");

        sleep(SpinRule.SHORT_SLEEPS, 70_000);
        assertFalse(await());
        assertTrue(looks > SpinRule.LONG_SPINS, looks + " looks");
    }

    @Test
    void noLongSpinForOneThatSleepsLong() {
        answersWhenWeGiveWay = false;
        sleep(SpinRule.SHORT_SLEEPS, 70_000);
        sleep(1, 1_000_000);

        assertFalse(await());

        assertTrue(looks < SpinRule.MAX_SPINS, looks + " looks");
    }

    @Test
    void noLongSpinForOneThatIsBusyForLongBetweenShortSleeps() {
        answersWhenWeGiveWay = false;
        sleep(2 * SpinRule.SHORT_SLEEPS, 70_000, 1_000_000);

        assertFalse(await());

        assertTrue(looks < SpinRule.MAX_SPINS, looks + " looks");
    }

    @Test
    void oneThatIsBoundToACpuGivesWayFirstAndSpinsOnceInAWhile() {
        spinning = Spinning.ONCE_IN_A_WHILE;
        answersWhenWeGiveWay = false;
        int spins = 0;
        for (int i = 0; i < MANY_WAITS; i++) {
            assertFalse(await());
            spins += looks > SpinRule.MIN_SPINS ? 1 : 0;
        }
        assertTrue(spins >= 2 && spins <= 4, "spun " + spins + " times");
    }

    @Test
    void oneThatIsBoundFindsOutThatTheOtherHasACpuOfItsOwn() {
        spinning = Spinning.ONCE_IN_A_WHILE;
        answersByItself = true;
        for (int i = 0; i < MANY_WAITS; i++) {
            assertTrue(await());
        }
        assertTrue(await());
        assertEquals(0, yields);
    }

    @Test
    void oneThatMayNotSpinOnlyGivesWay() {
        assertTrue(rule.spinOrYield(this::look, Spinning.NEVER));

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
