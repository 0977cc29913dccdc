package io.muster.ipc.channel;

import io.muster.ipc.internal.bell.BellCore;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.SegmentException;
import io.muster.ipc.wait.Deadline;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/**
 * One thread for all sets of this process that found no room among the watchers of an object: it waits as anybody does who uses
 * the object, takes nothing, and tells the sets. Then it rests until one of them has looked and found nothing.
 */
final class CrowdWatch {
    private static final Map<BellCore, CrowdWatch> ALL = new IdentityHashMap<>();

    private final BellCore core;
    private final List<SetMember> members = new CopyOnWriteArrayList<>();
    private final Semaphore again = new Semaphore(0);
    private final Thread thread;

    private CrowdWatch(BellCore core) {
        this.core = core;
        this.thread = new Thread(this::run, "muster-waitset-crowd");
        thread.setDaemon(true);
    }

    static CrowdWatch join(BellCore core, SetMember member) {
        synchronized (ALL) {
            CrowdWatch watch = ALL.get(core);
            boolean first = watch == null;
            if (first) {
                watch = new CrowdWatch(core);
                ALL.put(core, watch);
            }
            watch.members.add(member);
            if (first) {
                watch.thread.start();
            }
            return watch;
        }
    }

    void leave(SetMember member) {
        synchronized (ALL) {
            members.remove(member);
            if (members.isEmpty() && ALL.remove(core, this)) {
                thread.interrupt();
            }
        }
    }

    /** A member is not ready any more, or was not: wait for it. */
    void again() {
        if (again.availablePermits() == 0) {
            again.release();
        }
    }

    private void run() {
        try {
            while (awaitReady()) {
                again.drainPermits();
                members.forEach(SetMember::ring);
                again.acquire();
            }
            members.forEach(SetMember::ring);
        } catch (InterruptedException e) {
            // The last one has left.
        }
    }

    /** False if it is closed, which counts as ready for ever. */
    private boolean awaitReady() throws InterruptedException {
        try {
            return core.awaitReady(Deadline.never());
        } catch (ClosedObjectException | SegmentException | InternalError e) {
            return false;
        }
    }
}
