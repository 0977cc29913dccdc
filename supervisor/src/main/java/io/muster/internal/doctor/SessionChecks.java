package io.muster.internal.doctor;

import io.muster.ipc.memory.SegmentException;
import io.muster.ipc.memory.SessionDirectory;
import io.muster.ipc.memory.StaleSession;
import java.util.List;

/** Where shared objects would lie, and what dead programs have left there. */
final class SessionChecks {
    private SessionChecks() {}

    static void addTo(List<Finding> findings) {
        // Before ours is made: making one sweeps.
        List<StaleSession> stale = SessionDirectory.findStale();
        try {
            findings.add(Finding.ok(
                    "session",
                    "would lie in " + SessionDirectory.current().path().getParent()));
        } catch (SegmentException e) {
            findings.add(Finding.problem("session", e.getMessage(), "name a directory with -Dmuster.dir=DIR"));
        }
        long bytes = stale.stream().mapToLong(StaleSession::bytes).sum();
        findings.add(
                stale.isEmpty()
                        ? Finding.ok("left behind", "nothing")
                        : Finding.note(
                                "left behind",
                                stale.size() + " sessions of dead processes, " + MemoryChecks.mib(bytes),
                                "muster clean; any start of a program of Muster does it as well"));
    }
}
