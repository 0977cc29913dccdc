package io.muster.samples.survivor;

import io.muster.ChildProcess;
import io.muster.ipc.data.SharedIntArray;
import io.muster.ipc.sync.AbandonedOwner;
import io.muster.ipc.sync.Held;
import io.muster.ipc.sync.SharedLock;
import java.util.concurrent.TimeUnit;

/**
 * Money moves between two accounts under a lock. The process that moves it is killed when it has taken it from one and not
 * yet given it to the other. The next owner gets the lock all the same, is told who died, and sets the accounts right.
 */
public final class Survivor {
    private static final int FROM = 0;
    private static final int TO = 1;
    /** How much is on its way, so that whoever comes next can tell. */
    private static final int ON_ITS_WAY = 2;

    private static final int ALL = 100;
    private static final int AMOUNT = 30;

    private Survivor() {}

    /**
     * Runs the sample.
     *
     * @param args none
     * @throws InterruptedException if this thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        try (SharedLock lock = SharedLock.create();
                SharedIntArray accounts = SharedIntArray.create(3)) {
            accounts.set(FROM, ALL);
            ChildProcess mover = ChildProcess.named("mover").heap("32m").start(() -> move(lock, accounts));
            try {
                while (accounts.get(FROM) == ALL) {
                    if (!mover.isAlive()) {
                        throw new IllegalStateException("the mover ended early: " + mover.exitStatus());
                    }
                    TimeUnit.MILLISECONDS.sleep(1);
                }
                System.out.println("mover " + mover.pid() + " is in the middle: " + text(accounts));
                ProcessHandle.of(mover.pid()).ifPresent(ProcessHandle::destroyForcibly);
                survive(lock, accounts);
            } finally {
                mover.kill();
            }
        }
    }

    /** Runs in the child, which is killed before it can finish. */
    private static void move(SharedLock lock, SharedIntArray accounts) throws InterruptedException {
        try (Held held = lock.hold()) {
            accounts.set(ON_ITS_WAY, AMOUNT);
            accounts.set(FROM, accounts.get(FROM) - AMOUNT);
            System.out.println("mover has the lock, token " + held.token());
            TimeUnit.HOURS.sleep(1);
            accounts.set(TO, accounts.get(TO) + AMOUNT);
            accounts.set(ON_ITS_WAY, 0);
        }
    }

    private static void survive(SharedLock lock, SharedIntArray accounts) {
        try (Held held = lock.hold()) {
            AbandonedOwner dead = held.abandonedOwner().orElseThrow();
            System.out.println("got the lock, token " + held.token() + "; " + dead + " died holding it");
            accounts.set(FROM, accounts.get(FROM) + accounts.get(ON_ITS_WAY));
            accounts.set(ON_ITS_WAY, 0);
            System.out.println("repaired: " + text(accounts));
        }
        try (Held held = lock.hold()) {
            boolean whole = accounts.get(FROM) + accounts.get(TO) == ALL;
            if (held.abandonedOwner().isPresent() || !whole) {
                System.out.println("NOT REPAIRED");
                System.exit(1);
            }
            System.out.println("the next owner finds nothing unusual");
        }
    }

    private static String text(SharedIntArray accounts) {
        return accounts.get(FROM) + " and " + accounts.get(TO) + ", " + accounts.get(ON_ITS_WAY) + " on its way";
    }
}
