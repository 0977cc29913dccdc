package io.muster.child;

/** Kinds of control frames, one byte each on the lifeline; kinds from 16 on are free for an entry and its parent. */
public final class Control {
    /** Interrupt the thread that runs the target. */
    public static final byte INTERRUPT = 1;

    /** Refuse new work and end in order; ignored where no entry listens for it. */
    public static final byte STOP = 2;

    private Control() {}
}
