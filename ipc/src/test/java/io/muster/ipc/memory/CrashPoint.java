package io.muster.ipc.memory;

import java.util.ArrayList;
import java.util.List;

/**
 * Where one party of a test dies, or stops for a while. It counts the steps by which the party changes what others see:
 * ordered writes, wake-ups, locks and file steps; at the chosen one, before it is done, the party dies.
 *
 * <p>Dying after a step is dying before the next one with none of the plain stores between them applied. The last step
 * of an operation is covered too, as an enumeration goes on until the operation has completed.
 *
 * <p>For one thread at a time.
 */
public final class CrashPoint implements FileSteps {

    /** What becomes of the plain stores since the last publish: the JIT and the CPU may do any of it. */
    public enum Unpublished {
        NONE,
        ALL,
        RANDOM
    }

    private final int chosenStep;
    private final Unpublished unpublished;
    private final long seed;
    private final Runnable meanwhile;
    private final List<Runnable> memories = new ArrayList<>();
    private final List<Runnable> deathWatchers = new ArrayList<>();
    private final List<Runnable> publishWatchers = new ArrayList<>();
    private int steps;
    private volatile boolean dead;
    private String diedBefore = "no step";

    private CrashPoint(int chosenStep, Unpublished unpublished, long seed, Runnable meanwhile) {
        this.chosenStep = chosenStep;
        this.unpublished = unpublished;
        this.seed = seed;
        this.meanwhile = meanwhile;
    }

    /** It lives, and its steps are counted. */
    public static CrashPoint never() {
        return new CrashPoint(0, Unpublished.NONE, 0, null);
    }

    /**
     * @param step 1 for the first one
     * @param seed picks the subset for {@link Unpublished#RANDOM}
     */
    public static CrashPoint dieBefore(int step, Unpublished unpublished, long seed) {
        return new CrashPoint(step, unpublished, seed, null);
    }

    /** It stops before that step, as by SIGSTOP, while the others do something; then it goes on. */
    public static CrashPoint pauseBefore(int step, Unpublished unpublished, long seed, Runnable meanwhile) {
        return new CrashPoint(step, unpublished, seed, meanwhile);
    }

    @Override
    public void before(String step) {
        checkAlive();
        steps++;
        if (steps == chosenStep) {
            diedBefore = step;
            if (meanwhile != null) {
                meanwhile.run();
                checkAlive(); // it may have been killed while it was stopped
            } else {
                throw die();
            }
        }
    }

    /** Kills the party between two steps. */
    public void kill() {
        if (!dead) {
            diedBefore = "being killed from outside";
            die();
        }
    }

    private Died die() {
        memories.forEach(
                Runnable::run); // first: a store of the dead never lands behind what others do because of the death
        dead = true;
        deathWatchers.forEach(Runnable::run);
        return new Died("died before step " + steps + " (" + diedBefore + ")");
    }

    /** Throws if it is dead: {@code finally} blocks of a dead party must not go on writing. */
    public void checkAlive() {
        if (dead) {
            throw new Died("is dead since step " + steps + " (" + diedBefore + ")");
        }
    }

    /** Runs before anybody can see its death: a memory applies plain stores. */
    void beforeDeath(Runnable memory) {
        memories.add(memory);
    }

    /** Runs at its death: the kernel drops locks. */
    void onDeath(Runnable watcher) {
        deathWatchers.add(watcher);
    }

    /** Runs at each of its publishes: what it stored before must be seen then, in whichever of its memories. */
    void onPublish(Runnable watcher) {
        publishWatchers.add(watcher);
    }

    void published() {
        publishWatchers.forEach(Runnable::run);
    }

    public boolean isDead() {
        return dead;
    }

    /** Whether the chosen step has come: if not, the operation was over before. */
    public boolean isReached() {
        return chosenStep != 0 && steps >= chosenStep;
    }

    public int steps() {
        return steps;
    }

    Unpublished unpublished() {
        return unpublished;
    }

    long seed() {
        return seed;
    }

    @Override
    public String toString() {
        return "step " + chosenStep + " (" + diedBefore + "), unpublished stores: " + unpublished
                + (unpublished == Unpublished.RANDOM ? " with seed " + seed : "");
    }
}
