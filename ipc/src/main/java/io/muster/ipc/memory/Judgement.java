package io.muster.ipc.memory;

/** What is known of a party after its witnesses were heard. */
public enum Judgement {
    /** It lives, or nobody can say that it does not. A stopped process lives. */
    ALIVE,
    /** It has ended and will never store anything again; every party will say so from now on. */
    DEAD
}
