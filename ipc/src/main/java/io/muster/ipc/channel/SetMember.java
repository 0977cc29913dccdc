package io.muster.ipc.channel;

import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.SegmentException;

/** One member of a set, and how it is watched. Subclasses are the kinds of things that can be waited for. */
abstract class SetMember implements WaitSet.Key {
    private final SetMembers set;
    private final Object source;
    private final Object attachment;
    /** Which line of the bell is its own; and its place in the order in which members came. */
    private int line;

    private long order;
    private volatile boolean valid = true;
    /** Whether it is looked at without a ring. For the one thread that looks. */
    private boolean hot;

    SetMember(SetMembers set, Object source, Object attachment) {
        this.set = set;
        this.source = source;
        this.attachment = attachment;
    }

    final void enter(int newLine, long newOrder) {
        line = newLine;
        order = newOrder;
    }

    final SetMembers set() {
        return set;
    }

    final int line() {
        return line;
    }

    final long order() {
        return order;
    }

    /** Makes it ring from now on whenever it may have become ready; it is looked at afterwards. */
    abstract void arm();

    /** Undoes that; once, after {@link #arm} has returned or thrown. */
    abstract void disarm();

    /** Whether it is ready; must not wait. */
    abstract boolean look();

    /** It was looked at, was not ready, and will not be looked at before it rings. */
    void rest() {}

    /** Once a slice: finds out whose death would make it ready. */
    void judge() {}

    /** Something that cannot even be asked is for whoever uses it. */
    final boolean isReady() {
        try {
            return look();
        } catch (ClosedObjectException | SegmentException e) {
            return true;
        }
    }

    final boolean isHot() {
        return hot;
    }

    final void setHot(boolean now) {
        hot = now;
    }

    final void ring() {
        set.ring(line);
    }

    final void invalidate() {
        valid = false;
    }

    @Override
    public final Object source() {
        return source;
    }

    @Override
    public final Object attachment() {
        return attachment;
    }

    @Override
    public int readyOps() {
        return 0;
    }

    @Override
    public final boolean isValid() {
        return valid;
    }

    @Override
    public final void cancel() {
        set.remove(this);
    }

    @Override
    public String toString() {
        return "key " + order + " of " + source + (valid ? "" : ", cancelled");
    }
}
