package io.muster.ipc.memory;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The directory in which a tree of processes keeps all that it shares, and the {@link Place} where they meet.
 *
 * <p>The first process of the tree, the root, makes it when it needs it; its children join it when they touch something
 * shared, which most never do. It is readable by its owner only, lies where there is room (see {@code muster.dir}), and
 * goes with its last process: removed by the root at its orderly exit, else by the last child that leaves, else by the
 * next root that starts, or by {@code bin/muster clean}.
 *
 * <p>Thread-safety: all methods may be called by any thread. Death: what a killed process leaves here is removed by the
 * others; nothing that lives ever is.
 */
public final class SessionDirectory implements AutoCloseable {
    private static final long LEAVE_LIMIT_NANOS = Duration.ofMillis(100).toNanos();
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static volatile SessionDirectory current;
    private static Path inheritedPath;
    private static long inheritedParty;

    private final Path path;
    private final Place place;
    private final PlaceLocks locks;
    private final SessionOpener opener;
    private final AtomicLong fileNumbers = new AtomicLong();
    private boolean left;

    SessionDirectory(Path path, Place place, PlaceLocks locks, SessionOpener opener) {
        this.path = path;
        this.place = place;
        this.locks = locks;
        this.opener = opener;
    }

    /**
     * The session of this JVM: made now, or joined now, if that has not happened yet.
     *
     * @throws NoSpaceException if there is no room for it anywhere
     * @throws PlaceException if no place for it can be used, or the parent's session is not there any more
     */
    public static SessionDirectory current() {
        SessionDirectory open = current;
        return open != null ? open : openCurrent();
    }

    private static SessionDirectory openCurrent() {
        LOCK.lock();
        try {
            if (current == null) {
                SessionOpener opener = SessionOpener.ofThisProcess();
                current = inheritedPath == null ? opener.create() : opener.join(inheritedPath, inheritedParty);
                leaveAtExit();
            }
            return current;
        } finally {
            LOCK.unlock();
        }
    }

    private static void leaveAtExit() {
        try {
            Runtime.getRuntime().addShutdownHook(new LeaveAtExit());
        } catch (IllegalStateException e) {
            // The JVM is ending already: the next root sweeps this session.
        }
    }

    /**
     * For a child: says which session it belongs to, without touching it. {@link #current()} joins it when it is needed.
     *
     * @param directory the parent's {@link #path()}
     * @param reservedParty what the parent's {@link Place#reserve} gave
     * @throws IllegalStateException if this JVM has a session already
     */
    public static void inherit(Path directory, long reservedParty) {
        Objects.requireNonNull(directory, "directory");
        LOCK.lock();
        try {
            if (current != null || inheritedPath != null) {
                throw new IllegalStateException("this JVM has the session "
                        + (current != null ? current.path : inheritedPath) + ", so it cannot join " + directory);
            }
            inheritedPath = directory;
            inheritedParty = reservedParty;
        } finally {
            LOCK.unlock();
        }
    }

    /** {@link #inherit} and {@link #current()} in one. */
    public static SessionDirectory join(Path directory, long reservedParty) {
        inherit(directory, reservedParty);
        return current();
    }

    /** Whether this JVM has made or joined its session yet. */
    public static boolean isOpen() {
        return current != null;
    }

    /**
     * For a process that is about to halt, or has nothing to do with the session any more: removes the session if nobody
     * else is in it. Never throws, never waits for another process; gives up after 100 ms if another thread is just
     * joining. At an orderly exit it happens by itself.
     */
    public static void leave() {
        long start = System.nanoTime();
        while (!LOCK.tryLock()) {
            if (System.nanoTime() - start > LEAVE_LIMIT_NANOS) {
                return;
            }
            Place.pause();
        }
        try {
            if (current != null) {
                current.close();
            } else if (inheritedPath != null) {
                Sweeper.ofThisProcess().sweep(inheritedPath, false);
            }
        } finally {
            LOCK.unlock();
        }
    }

    /** The sessions of this user, in every place where they can be, of which every process has ended. */
    public static List<StaleSession> findStale() {
        return sweepAll(true);
    }

    /**
     * Removes the sessions of this user of which every process has ended.
     *
     * @param dryRun only look
     * @return those, each with what was done
     */
    public static List<StaleSession> sweepStale(boolean dryRun) {
        return sweepAll(dryRun);
    }

    private static List<StaleSession> sweepAll(boolean dryRun) {
        List<StaleSession> stale = new ArrayList<>();
        Sweeper sweeper = Sweeper.ofThisProcess();
        for (BaseDirectory base : BaseDirectory.candidates()) {
            String[] names = base.isUsable() ? base.path().toFile().list() : null;
            for (String name : names == null ? new String[0] : names) {
                StaleSession found = sweeper.sweep(base.path().resolve(name), dryRun);
                if (found != null) {
                    stale.add(found);
                }
            }
        }
        return stale;
    }

    public Path path() {
        return path;
    }

    /** The party table of this session. */
    public Place place() {
        return place;
    }

    /**
     * A name for a new file, which no process of this session has used or will use; the file is not made.
     *
     * @param prefix what it is for, such as {@code map}; no separators
     */
    public Path newFile(String prefix) {
        Objects.requireNonNull(prefix, "prefix");
        if (prefix.indexOf(File.separatorChar) >= 0 || prefix.startsWith(".")) {
            throw new IllegalArgumentException(
                    "prefix '" + prefix + "' for a file in " + path + " has a separator in it");
        }
        return path.resolve(
                prefix + "-" + Long.toString(place.self(), Character.MAX_RADIX) + "-" + fileNumbers.incrementAndGet());
    }

    /**
     * Leaves the session, and removes it if this was the last process in it. Other threads of this process may still be
     * inside shared objects: their memory stays. New ones cannot be made any more.
     */
    @Override
    public synchronized void close() {
        if (!left) {
            left = true;
            opener.leave(path, place, locks);
        }
    }

    /** A class and not a lambda, as the first lambda of a JVM costs milliseconds. */
    private static final class LeaveAtExit extends Thread {
        LeaveAtExit() {
            super("muster-session-exit");
        }

        @Override
        public void run() {
            leave();
        }
    }
}
