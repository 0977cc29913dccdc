package io.muster.ipc.wait;

/** Whether a process may spin while it waits. */
enum Spinning {
    /** There is one CPU in all, or a quota that spinning would burn. */
    NEVER,
    /** It is bound to one CPU of several: those that it waits for may need this one, or have others. That is to be found out. */
    ONCE_IN_A_WHILE,
    FREELY
}
