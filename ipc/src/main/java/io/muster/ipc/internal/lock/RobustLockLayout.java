package io.muster.ipc.internal.lock;

import io.muster.ipc.memory.PartyId;
import io.muster.ipc.wait.WaitWord;

/**
 * Where the fields of a lock lie. Several processes map them: a change here changes the version of every structure that
 * has a lock in it.
 *
 * <pre>
 *   byte, from a multiple of 8; 48 of them, best in one cache line
 *      0 | WORD i64 {owner's party id:52 | zeros:10 | H:1 | A:1}     the truth: all changes by CAS from the exact word
 *      8 | TOKEN i64    acquisitions so far; stored by the owner before it returns to its caller
 *     16 | HEIR i64     party id of whom the next release is meant for, 0: nobody
 *     24 | WAIT u32     where waiters sleep
 *     28 | HEIR_WAIT u32  where the heir sleeps
 *     32 | FORMER i64   party id of whoever died holding it or gave it up half done, good while A is set
 *     40 | THREAD i64   {owner's party id:32 | its thread id:32}, low bits of both, for messages
 *
 *   A  abandoned: an owner died holding it, and nobody has released it in order since
 *   H  an heir waits: a release leaves {0, H}, which only the heir takes, or anybody once it is dead or has let 5 ms pass
 *
 *   {0}           -> {me}          acquired
 *   {0, A}        -> {me, A}       acquired, abandoned by a former owner
 *   {dead, *}     -> {me, A}       taken over from an owner that is published dead; H is kept
 *   {0, H}        -> {me}          acquired by the heir
 *   {0, H}        -> {me}          acquired by another after 5 ms, or when there is no heir any more; HEIR is cleared
 *   {me, H or not}-> {0, H or not} released; A is cleared, unless the owner says that it could not set things right
 *   {any, *}      -> {0, H or not} released for its holder, where others may do that
 *   {any, *}      -> {closed}      closed for good
 * </pre>
 */
final class RobustLockLayout {
    static final int WORD = 0;
    static final int TOKEN = WORD + Long.BYTES;
    static final int HEIR = TOKEN + Long.BYTES;
    static final int WAIT = HEIR + Long.BYTES;
    static final int HEIR_WAIT = WAIT + WaitWord.BYTES;
    static final int FORMER = HEIR_WAIT + WaitWord.BYTES;
    static final int THREAD = FORMER + Long.BYTES;
    static final int SIZE = THREAD + Long.BYTES;

    static final long ABANDONED = 1;
    static final long HAS_HEIR = 2;
    private static final int OWNER_SHIFT = Long.SIZE - PartyId.BITS;
    static final long FREE = 0;

    private RobustLockLayout() {}

    static long ownedBy(long partyId) {
        return partyId << OWNER_SHIFT;
    }

    static long ownerOf(long word) {
        return word >>> OWNER_SHIFT;
    }
}
