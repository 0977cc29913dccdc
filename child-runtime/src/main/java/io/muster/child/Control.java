package io.muster.child;

/** Kinds of control frames, one byte each on the lifeline; kinds from 16 on are free for an entry and its parent. */
public final class Control {
    /** Interrupt the thread that runs the target. */
    public static final byte INTERRUPT = 1;

    /** Refuse new work and end in order; ignored where no entry listens for it. */
    public static final byte STOP = 2;

    /** The sender is about to halt because it lost its own parent: do not wait for its end. */
    public static final byte LOST = 3;

    private Control() {}
}
