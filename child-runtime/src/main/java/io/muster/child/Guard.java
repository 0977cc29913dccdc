package io.muster.child;

/**
 * Looks at the parent's id every {@value #LOOK_MILLIS} ms: the second guard, where the lifeline's end is not seen because a
 * process that native code forked in the parent holds it open. A look costs
 * some 100 microseconds, most of them for waking up.
 */
final class Guard extends Thread {
    private static final int LOOK_MILLIS = 600;

    private final ParentProbe probe;
    private final ParentLoss loss;

    Guard(ParentProbe probe, ParentLoss loss) {
        super(null, null, "muster-guard", 0, false);
        setDaemon(true);
        this.probe = probe;
        this.loss = loss;
    }

    @Override
    public void run() {
        while (!probe.parentGone()) {
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                // Nobody has a reason to interrupt this thread; looking once more does no harm.
            }
        }
        loss.happened();
    }
}
