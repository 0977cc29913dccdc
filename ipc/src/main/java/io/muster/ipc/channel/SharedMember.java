package io.muster.ipc.channel;

import io.muster.ipc.internal.bell.BellCore;
import io.muster.ipc.internal.bell.BellSource;
import io.muster.ipc.internal.cell.Participant;

/** A shared object, which rings itself; one that has too many watchers is waited for by a thread. */
final class SharedMember extends SetMember {
    private final BellSource handle;
    private final BellCore core;
    private long line;
    private boolean armed;
    private CrowdWatch crowd;

    SharedMember(SetMembers set, BellSource handle, BellCore core, Object attachment) {
        super(set, handle, attachment);
        this.handle = handle;
        this.core = core;
    }

    Participant place() {
        return core.bellPlace();
    }

    @Override
    void arm() {
        line = set().lineIn(place(), line());
        armed = core.watchers().arm(line);
        if (!armed) {
            crowd = CrowdWatch.join(core, this);
        }
    }

    @Override
    void disarm() {
        if (armed && core.isOpen()) {
            core.watchers().disarm(line);
        }
        if (crowd != null) {
            crowd.leave(this);
        }
    }

    @Override
    boolean look() {
        return handle.isReady();
    }

    @Override
    void rest() {
        if (crowd != null) {
            crowd.again();
        }
    }

    @Override
    void judge() {
        if (core.isOpen()) {
            core.judgeOthers();
        }
    }
}
