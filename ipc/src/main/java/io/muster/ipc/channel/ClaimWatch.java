package io.muster.ipc.channel;

/**
 * Waits for the end of a thread that has claimed room in a pipe by an end that another thread has closed meanwhile: nobody can
 * tell whether it still writes there. A thread of its own for each, as that is rare.
 */
final class ClaimWatch implements Runnable {
    private final Thread claimer;
    private final Runnable ended;

    private ClaimWatch(Thread claimer, Runnable ended) {
        this.claimer = claimer;
        this.ended = ended;
    }

    /** @param ended what to do when the thread runs no more */
    static void start(Thread claimer, Runnable ended) {
        Thread thread = new Thread(null, new ClaimWatch(claimer, ended), "muster-claim-watch", 0, false);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        boolean gone = false;
        while (!gone) {
            try {
                claimer.join();
                gone = true;
            } catch (InterruptedException e) {
                gone = false; // Nobody has a reason to interrupt it: a program that interrupts all threads it finds.
            }
        }
        try {
            ended.run();
        } catch (RuntimeException | Error e) {
            // Others are told of such damage where they use the pipe.
            System.getLogger(ClaimWatch.class.getName())
                    .log(System.Logger.Level.DEBUG, "the claim of " + claimer + " could not be aborted", e);
        }
    }
}
