package io.muster.ipc.journal;

import io.muster.ipc.data.SharedMap;
import io.muster.ipc.internal.cell.Participant;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * How far the subscribers with names are: the index of the last entry that each has confirmed. -1 is the start; -2 - x is "before
 * entry x".
 */
final class Positions {
    static final long BEGINNING = -1;
    private static final int LONGEST_NAME = 120;
    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final JournalHome home;
    private final Participant participant;
    private final SharedMap<String, Long> confirmed;
    /** Which process reads under a name; the seat of a dead one is free. */
    private final SharedMap<String, Long> seats;

    Positions(JournalHome home) {
        this.home = home;
        this.participant = home.participant();
        this.seats = home.place().getMap("readers", String.class, Long.class);
        this.confirmed = home.place().getMap("positions", String.class, Long.class);
    }

    Map<String, Long> all() {
        return confirmed;
    }

    void set(String name, long position) {
        confirmed.set(name, position);
    }

    /** Where that subscriber goes on; from now on it is remembered. */
    long find(String name, Start start) {
        Long known = confirmed.get(name);
        if (known != null) {
            return known;
        }
        long fresh = resolve(home, start);
        Long other = confirmed.putIfAbsent(name, fresh);
        return other != null ? other : fresh;
    }

    boolean remove(String name) {
        return confirmed.remove(name) != null;
    }

    /** Lets this process alone read under that name; false if a live process does, this one included. */
    boolean takeSeat(String name) {
        checkName(name);
        Long owner = seats.putIfAbsent(name, participant.self());
        return owner == null || isDead(owner) && seats.replace(name, owner, participant.self());
    }

    void leaveSeat(String name) {
        seats.remove(name, participant.self());
    }

    /** Who reads under that name now, for messages; null if no live process does. */
    String reader(String name) {
        Long owner = seats.get(name);
        return owner == null || isDead(owner) ? null : participant.describe(owner);
    }

    private boolean isDead(long owner) {
        return owner != participant.self() && participant.isDeadByWitnesses(owner);
    }

    private static void checkName(String name) {
        if (Objects.requireNonNull(name, "name").isEmpty() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "a subscriber's name has 1 to " + LONGEST_NAME + " characters: '" + name + "'");
        }
    }

    /** Where a new one begins. */
    static long resolve(JournalHome home, Start start) {
        if (start.time() != null) {
            return before(home, start.time());
        }
        return start.isEnd() ? home.entries().lastIndex() : BEGINNING;
    }

    private static long before(JournalHome home, Instant time) {
        if (time.isBefore(Instant.EPOCH)) {
            return BEGINNING;
        }
        long millis = time.isAfter(LATEST) ? Long.MAX_VALUE : time.toEpochMilli();
        ChronicleLog log = home.entries();
        try (LogReader reader = log.reader()) {
            long position = BEGINNING;
            // Not only its own file: one before it may have been written to by a process whose clock was read earlier.
            if (!reader.seek(log.firstIndexOf(log.cycleAt(Math.min(millis, home.now()))))) {
                reader.toStart();
            }
            for (Entry entry = reader.next(); entry != null; entry = reader.next()) {
                if (entry.timeMillis() >= millis) {
                    return beforeEntry(entry.index());
                }
                position = entry.index();
            }
            return position;
        }
    }

    static long beforeEntry(long index) {
        return -2 - index;
    }

    static void go(LogReader reader, long position) {
        if (position < BEGINNING) {
            reader.goTo(-2 - position);
        } else {
            reader.behind(position);
        }
    }

    /** The first entry that a subscriber at that position needs, or the one before it. */
    static long needs(long position) {
        return position < BEGINNING ? -2 - position : Math.max(0, position);
    }
}
