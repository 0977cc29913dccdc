package io.muster.ipc.channel;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/** Something that completes, and tells so by a callback. */
final class StageMember extends SetMember {
    private final CompletionStage<?> stage;
    private StageBell bell;

    StageMember(SetMembers set, CompletionStage<?> stage, Object attachment) {
        super(set, stage, attachment);
        this.stage = stage;
    }

    @Override
    void arm() {
        bell = StageBell.of(stage);
        bell.join(this);
    }

    @Override
    void disarm() {
        if (bell != null) {
            bell.leave(this);
        }
    }

    @Override
    boolean look() {
        return bell.hasRung() || stage instanceof Future<?> future && future.isDone();
    }
}
