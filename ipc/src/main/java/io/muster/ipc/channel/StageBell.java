package io.muster.ipc.channel;

import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One callback on a stage for all sets that ever wait for it: a stage cannot forget a callback, so one for each wait would pile
 * up in one that takes long, such as the exit of a child.
 */
final class StageBell {
    /** Weak: a stage that nobody has any more goes, and its bell with it. */
    private static final Map<CompletionStage<?>, StageBell> ALL = new WeakHashMap<>();

    private final List<SetMember> members = new CopyOnWriteArrayList<>();
    private volatile boolean rung;

    private StageBell() {}

    static StageBell of(CompletionStage<?> stage) {
        StageBell made;
        synchronized (ALL) {
            StageBell known = ALL.get(stage);
            if (known != null) {
                return known;
            }
            made = new StageBell();
            ALL.put(stage, made);
        }
        // Not under the lock: a stage that has completed runs it here and now.
        stage.whenComplete((value, failure) -> made.ring());
        return made;
    }

    void join(SetMember member) {
        members.add(member);
    }

    void leave(SetMember member) {
        members.remove(member);
    }

    boolean hasRung() {
        return rung;
    }

    private void ring() {
        rung = true;
        members.forEach(SetMember::ring);
    }
}
