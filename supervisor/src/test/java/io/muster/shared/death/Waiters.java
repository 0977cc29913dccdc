package io.muster.shared.death;

import static io.muster.testing.Eventually.eventually;
import static io.muster.testing.Eventually.within;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.sync.AbandonedOwner;
import io.muster.ipc.sync.Held;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;

/** Threads of this process, one for each of the {@link Things} that another process holds. */
final class Waiters {
    private static final Duration NOT_ROBBED = Duration.ofMillis(600);
    /** Not a goal, but a limit that only a lost wake-up reaches on a machine that is busy with other things. */
    private static final long LATE_NANOS = Duration.ofSeconds(5).toNanos();

    private final Things things;
    private final Map<String, CompletableFuture<Outcome>> waiters = new LinkedHashMap<>();

    /** @param told whether it was told that the one before died; null where there is nothing to tell */
    private record Outcome(Boolean told, long nanos) {}

    /** How one waits; says whether it was told of a death, or null. */
    private interface Wait {
        Boolean forIt() throws Exception;
    }

    Waiters(Things things) {
        this.things = things;
        start("lock", this::lock);
        start("binary semaphore", this::binary);
        start("reader after a writer", () -> {
            things.written().readLock().lock();
            boolean told = things.written().isAbandoned();
            things.written().readLock().unlock();
            return told;
        });
        start("writer after a reader", () -> {
            things.read().writeLock().lock();
            boolean told = things.read().isAbandoned();
            things.read().writeLock().unlock();
            return told ? true : null;
        });
        start("semaphore", () -> {
            things.permits().acquire(Things.PERMITS);
            things.permits().release(Things.PERMITS);
            return null;
        });
        start("condition", this::condition);
        start("barrier", this::barrier);
        start("map", () -> {
            things.map().merge("k", 1L, Long::sum);
            return null;
        });
        start("list", () -> {
            things.list().update(0, number -> number + 1);
            return null;
        });
        eventually(
                () -> things.condition().waiters() == 2 && things.barrier().waiting() == 2,
                () -> things.condition() + " " + things.barrier());
    }

    private void start(String what, Wait wait) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        waiters.put(what, outcome);
        Things.thread("waits for " + what, () -> {
            try {
                Boolean told = wait.forIt();
                outcome.complete(new Outcome(told, System.nanoTime()));
            } catch (Exception | Error e) {
                outcome.completeExceptionally(e);
            }
        });
    }

    private Boolean lock() {
        try (Held held = things.lock().hold()) {
            return isHolder(held.abandonedOwner());
        }
    }

    private Boolean binary() throws InterruptedException {
        things.binary().acquire();
        boolean told = isHolder(things.binary().abandonedOwner());
        things.binary().release();
        return told;
    }

    private boolean isHolder(Optional<AbandonedOwner> owner) {
        owner.ifPresent(dead ->
                assertEquals(things.holder().get(), dead.pid().orElseThrow(), "another one is said to have died"));
        return owner.isPresent();
    }

    private Boolean condition() throws InterruptedException {
        try (Held held = things.condition().lock().hold()) {
            things.condition().await();
            return held.token() > 0 ? null : true;
        }
    }

    private Boolean barrier() throws InterruptedException {
        try {
            things.barrier().await();
            return false;
        } catch (BrokenBarrierException e) {
            return true;
        }
    }

    /**
     * The holder is stopped: nobody gets what it has, not even the notification that is meant for it. The list is nobody's
     * for long; it may have been stopped just inside or not.
     *
     * @param except what may be had already, as another party has died
     */
    void assertNotRobbed(String... except) throws InterruptedException {
        Set<String> free = Set.of(except);
        try (Held held = things.condition().lock().hold()) {
            assertTrue(held.token() > 0);
            assertEquals(1, things.condition().signal(1));
        }
        assertFalse(things.lock().tryLock(NOT_ROBBED), "a stopped owner was robbed");
        waiters.forEach((what, outcome) -> assertTrue(
                what.equals("list") || free.contains(what) || !outcome.isDone(),
                () -> "robbed a stopped process of its " + what));
    }

    /**
     * All get what they wait for, no later than some seconds after a moment.
     *
     * @param died whether they are to be told of a death
     */
    void assertServed(boolean died, long sinceNanos) {
        waiters.forEach((what, outcome) -> {
            within(Things.LONG, outcome::isDone, () -> what + " is never had: " + things);
            Outcome found = outcome.join();
            assertTrue(found.told() == null || found.told() == died, () -> what + ": told of a death: " + found.told());
            long late = found.nanos() - sinceNanos;
            assertTrue(late < LATE_NANOS, () -> what + " was had " + late / 1_000_000 + " ms after the end was seen");
        });
        assertEquals(Things.PERMITS, things.permits().availablePermits());
        assertEquals(2L, things.map().get("k"), "the function of the dead changed nothing, that of the living did");
        assertEquals(1, things.map().size());
        assertEquals(1, things.list().size());
    }

    /** A waiter that died holds up neither {@code set()} nor those who wait beside it. */
    void assertEventGoesOn() throws InterruptedException {
        things.letGo().set();
        assertTrue(things.letGo().await(Things.LONG));
        things.letGo().clear();
        CompletableFuture<Void> passed = new CompletableFuture<>();
        Things.thread("waits for the event", () -> {
            things.letGo().await();
            passed.complete(null);
        });
        within(
                Things.LONG,
                () -> {
                    things.letGo().set();
                    return passed.isDone();
                },
                things.letGo()::toString);
    }
}
