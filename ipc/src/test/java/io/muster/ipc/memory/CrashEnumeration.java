package io.muster.ipc.memory;

import io.muster.ipc.memory.CrashPoint.Unpublished;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs an operation again and again, each time in a fresh world, and has it die before its first step, its second, and so
 * on until it completes; for each death with none, all, and some random subsets of the unpublished stores applied.
 *
 * <p>Each run ends with a check that must hold whatever happened. A failure names the step.
 *
 * @param <W> a fresh world: shared memory, parties, whatever the operation needs
 */
public final class CrashEnumeration<W> {
    private static final int RANDOM_SUBSETS = 4;
    private static final int MOST_STEPS = 10_000;
    private static final int AT_ONCE = 16;

    private final Supplier<W> worlds;
    private final BiConsumer<W, CrashPoint> operation;

    public CrashEnumeration(Supplier<W> worlds, BiConsumer<W, CrashPoint> operation) {
        this.worlds = worlds;
        this.operation = operation;
    }

    /** Dies everywhere; returns how many deaths were tried, so that a test can tell that there were any. */
    public int die(Consumer<W> check) {
        int deaths = 0;
        for (Fate fate : fates()) {
            for (int step = 1; ; step++) {
                W world = worlds.get();
                CrashPoint point = fate.deathBefore(step);
                boolean died = run(operation, world, point, point.toString());
                verify(() -> check.accept(world), "died at " + point);
                if (!died) {
                    break;
                }
                deaths++;
                guard(step);
            }
        }
        return deaths;
    }

    /**
     * Dies everywhere, and then who repairs dies everywhere too; each pair of deaths with none, all, and one random subset of the
     * unpublished stores applied, another one for each pair.
     *
     * @param repair what a second party does next, up to its own death
     */
    public int dieTwice(BiConsumer<W, CrashPoint> repair, Consumer<W> check) {
        int deaths = 0;
        for (Unpublished unpublished : Unpublished.values()) {
            for (int first = 1; ; first++) {
                int repairs = diedThen(unpublished, first, repair, check);
                if (repairs < 0) {
                    break;
                }
                deaths += repairs;
                guard(first);
            }
        }
        return deaths;
    }

    /** The number of deaths of the repairer, or -1 if the first party did not die at all. */
    private int diedThen(Unpublished unpublished, int first, BiConsumer<W, CrashPoint> repair, Consumer<W> check) {
        for (int second = 1; ; second++) {
            Fate fate = new Fate(unpublished, (long) first * MOST_STEPS + second);
            W world = worlds.get();
            CrashPoint firstPoint = fate.deathBefore(first);
            if (!run(operation, world, firstPoint, firstPoint.toString())) {
                return -1;
            }
            CrashPoint secondPoint = fate.deathBefore(second);
            String both = firstPoint + ", then the repairer at " + secondPoint;
            boolean diedAgain = run(repair, world, secondPoint, both);
            verify(() -> check.accept(world), "died at " + firstPoint + ", then the repairer at " + secondPoint);
            if (!diedAgain) {
                return second - 1;
            }
            guard(second);
        }
    }

    /**
     * Stops everywhere instead of dying, while the others do something, and then goes on to its end.
     *
     * @param meanwhile what the others do in that time; it must not wait for the one that stopped
     */
    public int pause(Consumer<W> meanwhile, Consumer<W> check) {
        for (int step = 1; ; step++) {
            if (!pauseAt(step, meanwhile, check)) {
                return step - 1;
            }
            guard(step);
        }
    }

    /**
     * The same for others that wait out a limit while one is stopped: many steps at once, each with its world in a thread of its
     * own. What the functions share must be for several threads.
     */
    public int pauseTogether(Consumer<W> meanwhile, Consumer<W> check) {
        for (int first = 1; ; first += AT_ONCE) {
            List<FutureTask<Boolean>> tasks = new ArrayList<>();
            for (int step = first; step < first + AT_ONCE; step++) {
                int chosen = step;
                FutureTask<Boolean> task = new FutureTask<>(() -> pauseAt(chosen, meanwhile, check));
                tasks.add(task);
                Thread thread = new Thread(task, "paused at step " + step);
                thread.setDaemon(true);
                thread.start();
            }
            int reached = 0;
            for (FutureTask<Boolean> task : tasks) {
                reached += result(task) ? 1 : 0;
            }
            if (reached < AT_ONCE) {
                return first - 1 + reached;
            }
            guard(first);
        }
    }

    private static boolean result(FutureTask<Boolean> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether that step came. */
    private boolean pauseAt(int step, Consumer<W> meanwhile, Consumer<W> check) {
        W world = worlds.get();
        CrashPoint point = CrashPoint.pauseBefore(step, Unpublished.NONE, 0, () -> meanwhile.accept(world));
        run(operation, world, point, "paused at " + point);
        verify(() -> check.accept(world), "paused at " + point);
        return point.isReached();
    }

    /** True if the chosen step was reached: an operation may end in killing its party anyhow. */
    private static <W> boolean run(BiConsumer<W, CrashPoint> operation, W world, CrashPoint point, String when) {
        try {
            verify(() -> operation.accept(world, point), when);
        } catch (Died died) {
            if (!point.isDead()) {
                throw new AssertionError("somebody else died, at " + when, died);
            }
        }
        return point.isReached();
    }

    private static void verify(Runnable step, String when) {
        try {
            step.run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(when + ": " + e.getMessage(), e);
        }
    }

    private static void guard(int step) {
        if (step > MOST_STEPS) {
            throw new AssertionError("the operation has more than " + MOST_STEPS + " steps, or never ends");
        }
    }

    private record Fate(Unpublished unpublished, long seed) {
        CrashPoint deathBefore(int step) {
            return CrashPoint.dieBefore(step, unpublished, seed);
        }
    }

    private static List<Fate> fates() {
        List<Fate> fates = new ArrayList<>();
        fates.add(new Fate(Unpublished.NONE, 0));
        fates.add(new Fate(Unpublished.ALL, 0));
        for (int seed = 1; seed <= RANDOM_SUBSETS; seed++) {
            fates.add(new Fate(Unpublished.RANDOM, seed));
        }
        return fates;
    }
}
