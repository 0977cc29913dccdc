package io.muster.ipc.journal;

import io.muster.ipc.data.SharedMap;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.sync.SharedLock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who has which entry of a work queue. The truth is CURSOR and a map from index to {@link Claim}: an entry behind the cursor is new;
 * one up to it is held, or waits to be given again, if the map has it, and done with if not.
 *
 * <p>Entries are given under one lock of all processes. A new one: INTENT = its index, then the map, then CURSOR. Who next has the lock
 * finishes that for the dead: INTENT beyond CURSOR and in the map means that CURSOR moves, not in the map that nothing has
 * happened. Nobody else can have got and acknowledged it before, as all giving is done under the lock. Acknowledging is one removal
 * from the map, under no lock but the map's, and only of the very claim that the consumer was given.
 *
 * <p>What comes back is found by walking the map: when the time DUE has come, somebody in the place has died, or a quarter of a second has
 * passed. What one walk finds is kept as candidates, each of which is looked at again before it is given. Whether somebody has died is
 * asked of the party table, more often than the map is walked: nobody else may tell.
 */
final class ClaimTable {
    private static final long LOOK_EVERY_NANOS = 250_000_000;
    private static final long JUDGE_EVERY_NANOS = 50_000_000;
    /**
     * A wait looks ever less often whether the lock's owner is dead, where no parent tells: it begins anew after that long, so
     * that a death holds nobody up for more than half of it.
     */
    private static final Duration LOCK_SLICE = Duration.ofMillis(100);

    private final JournalHome home;
    private final BellCore words;
    private final Participant participant;
    private final SharedMap<Long, byte[]> claims;
    private final SharedLock lock;
    private final AtomicLong tickets = new AtomicLong();
    // Below: under the lock, or guesses.
    private final PriorityQueue<Candidate> candidates =
            new PriorityQueue<>(Comparator.comparingLong(Candidate::due).thenComparingLong(Candidate::index));
    private volatile boolean hasCandidates;
    private volatile long seenDeaths = -1;
    private volatile long lookedAt;
    private volatile long judgedAt;

    private record Candidate(long index, long due) {}

    /** An entry and the claim by which it is held. */
    record Held(long index, Claim claim) {}

    ClaimTable(JournalHome home) {
        this.home = home;
        this.words = home.bell();
        this.participant = home.participant();
        this.claims = home.place().getMap("claims", Long.class, byte[].class);
        this.lock = home.place().getLock("claims lock");
    }

    void lock() {
        boolean interrupted = false;
        try {
            while (!tryLock()) {
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        finishForTheDead();
    }

    /** False when it has waited for a while, or was interrupted. */
    private boolean tryLock() {
        try {
            return lock.tryLock(LOCK_SLICE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void unlock() {
        lock.unlock();
    }

    private void finishForTheDead() {
        long intent = words.intent();
        if (intent > words.cursor() && claims.containsKey(intent)) {
            words.setCursor(intent);
        }
    }

    long cursor() {
        return words.cursor();
    }

    /** Gives a new entry to this process, or holds it back until {@code due} for nobody. Under the lock. */
    Held begin(long index, boolean hold, long due) {
        Claim claim = hold ? new Claim(1, participant.self(), due, tickets.incrementAndGet()) : new Claim(0, 0, due, 0);
        words.setIntent(index);
        claims.set(index, claim.bytes());
        words.setCursor(index);
        words.lowerDue(due);
        return hold ? new Held(index, claim) : null;
    }

    /** Whether {@link #takeBack} would find something worth a look. */
    boolean mayHaveReturned() {
        return hasCandidates
                || home.now() >= words.due()
                || isDeathUnseen()
                || System.nanoTime() - lookedAt > LOOK_EVERY_NANOS && !claims.isEmpty();
    }

    private boolean isDeathUnseen() {
        if (System.nanoTime() - judgedAt > JUDGE_EVERY_NANOS) {
            judgedAt = System.nanoTime();
            if (!claims.isEmpty()) {
                participant.place().judgeOthers();
            }
        }
        return deaths() != seenDeaths;
    }

    private long deaths() {
        return participant.place().deaths();
    }

    /**
     * Gives an entry that has come back to this process. Under the lock.
     *
     * @param due of the new claim
     * @param maxAttempts 0: no limit
     * @param bury is given the index of one that was given too often, and returns when it is a dead letter
     * @return null if there is none
     */
    Held takeBack(long due, int maxAttempts, Burial bury) {
        if (candidates.isEmpty() && mayHaveReturned()) {
            walk();
        }
        try {
            return takeCandidate(due, maxAttempts, bury);
        } finally {
            hasCandidates = !candidates.isEmpty();
        }
    }

    private Held takeCandidate(long due, int maxAttempts, Burial bury) {
        for (Candidate candidate = candidates.poll(); candidate != null; candidate = candidates.poll()) {
            byte[] old = claims.get(candidate.index);
            if (old == null) {
                continue;
            }
            Claim claim = Claim.of(old);
            if (dueAt(claim, new HashMap<>()) > home.now()) {
                continue;
            }
            if (maxAttempts > 0 && claim.attempts() >= maxAttempts) {
                bury.accept(candidate.index, claim.attempts());
                claims.remove(candidate.index, old);
                continue;
            }
            Claim ours = new Claim(claim.attempts() + 1, participant.self(), due, tickets.incrementAndGet());
            if (claims.replace(candidate.index, old, ours.bytes())) {
                words.lowerDue(due);
                return new Held(candidate.index, ours);
            }
        }
        return null;
    }

    /** Sets an entry aside. */
    interface Burial {
        void accept(long index, int attempts);
    }

    private void walk() {
        seenDeaths = deaths();
        lookedAt = System.nanoTime();
        long now = home.now();
        Map<Long, Boolean> judged = new HashMap<>();
        // Lowered by others while we walk: their claims may be behind us.
        words.setDue(Claim.NEVER);
        long next = Claim.NEVER;
        for (Map.Entry<Long, byte[]> each : claims.entrySet()) {
            long due = dueAt(Claim.of(each.getValue()), judged);
            if (due <= now) {
                candidates.add(new Candidate(each.getKey(), due));
            }
            next = Math.min(next, due);
        }
        // Candidates are this handle's knowledge alone: until they are gone the others look for themselves.
        words.lowerDue(next);
    }

    /** When it comes back: at once if its owner is dead. */
    private long dueAt(Claim claim, Map<Long, Boolean> judged) {
        boolean dead = claim.isHeld()
                && judged.computeIfAbsent(
                        claim.owner(), owner -> owner != participant.self() && participant.isDeadByWitnesses(owner));
        return dead ? 0 : claim.due();
    }

    /** Milliseconds until something comes back by itself. */
    long millisToDue() {
        return words.due() == Claim.NEVER ? Claim.NEVER : Math.max(0, words.due() - home.now());
    }

    boolean end(Held held) {
        return claims.remove(held.index, held.claim.bytes());
    }

    boolean isStillHeld(Held held) {
        byte[] now = claims.get(held.index);
        return now != null && Arrays.equals(now, held.claim.bytes());
    }

    /** Whether nobody else may have it yet. */
    boolean isInTime(Held held) {
        return held.claim.due() > home.now() && isStillHeld(held);
    }

    boolean giveBack(Held held, long at) {
        if (!claims.replace(
                held.index, held.claim.bytes(), held.claim.givenBack(at).bytes())) {
            return false;
        }
        words.lowerDue(at);
        return true;
    }

    /** Null if it is not held any more. */
    Held extend(Held held, long until) {
        Held longer = new Held(held.index, held.claim.until(until));
        if (!claims.replace(held.index, held.claim.bytes(), longer.claim.bytes())) {
            return null;
        }
        words.lowerDue(until);
        return longer;
    }

    /** The oldest entry that is not done with, or the last that was given. */
    long firstNeeded() {
        long first = cursor();
        for (long index : claims.keySet()) {
            first = Math.min(first, index);
        }
        return Math.max(0, first);
    }

    /** How many are held, held back, and waiting to be given again. */
    long[] count() {
        long now = home.now();
        long[] counts = new long[3];
        Map<Long, Boolean> judged = new HashMap<>();
        for (byte[] each : claims.values()) {
            Claim claim = Claim.of(each);
            long due = dueAt(claim, judged);
            counts[due <= now ? 2 : claim.isHeld() ? 0 : 1]++;
        }
        return counts;
    }
}
