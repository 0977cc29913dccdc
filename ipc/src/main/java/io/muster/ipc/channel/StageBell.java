package io.muster.ipc.channel;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One callback on a stage for all sets that ever wait for it: a stage cannot forget a callback, so one for each wait would pile
 * up in one that takes long, such as the exit of a child.
 */
final class StageBell {
    /** A stage that nobody has any more goes, and its bell with it. */
    private static final Map<Identity, StageBell> ALL = new HashMap<>();

    private static final ReferenceQueue<CompletionStage<?>> GONE = new ReferenceQueue<>();

    private final List<SetMember> members = new CopyOnWriteArrayList<>();
    private volatile boolean rung;

    private StageBell() {}

    static StageBell of(CompletionStage<?> stage) {
        StageBell made;
        synchronized (ALL) {
            forgetGone();
            Identity identity = new Identity(stage);
            StageBell known = ALL.get(identity);
            if (known != null) {
                return known;
            }
            made = new StageBell();
            ALL.put(identity, made);
        }
        // Not under the lock: a stage that has completed runs it here and now.
        stage.whenComplete((value, failure) -> made.ring());
        return made;
    }

    private static void forgetGone() {
        for (Reference<?> gone = GONE.poll(); gone != null; gone = GONE.poll()) {
            ALL.remove(gone);
        }
    }

    /** One stage and no other, whatever its class takes for equal; weak. */
    private static final class Identity extends WeakReference<CompletionStage<?>> {
        private final int hash;

        Identity(CompletionStage<?> stage) {
            super(stage, GONE);
            hash = System.identityHashCode(stage);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Identity identity && get() != null && identity.refersTo(get());
        }
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
