package io.muster.child.task;

/**
 * Where a task slot stands. Every move is one compare-and-set of the slot's word from the exact word that was read, so
 * after any kill it is known whose task it was and whether it had begun.
 *
 * <pre>
 *    FREE      -> READY      parent   the task's bytes lie in the slot; serial rises
 *    READY     -> CLAIMED    worker   it is mine, nothing of it has been decoded
 *    READY     -> FREE       parent   cancelled before anybody took it
 *    CLAIMED   -> RUNNING    worker   before the first byte is decoded: from here on the attempt counts
 *    CLAIMED   -> FREE       parent   cancelled after the claim: the worker's next CAS fails, it looks for other work
 *    CLAIMED   -> READY      parent   the worker's end is confirmed; under a new serial, at no cost to the task
 *    RUNNING   -> DONE       worker   outcome written
 *    RUNNING   -> KILLED     parent   the outcome is settled now; SIGKILL follows
 *    RUNNING   -> FREE       parent   the worker's end is confirmed: this attempt is lost
 *    DONE      -> FREE       parent   outcome read
 *    KILLED    -> FREE       parent   the worker's end is confirmed
 * </pre>
 */
public enum SlotPhase {
    FREE,
    READY,
    CLAIMED,
    RUNNING,
    DONE,
    KILLED;

    private static final SlotPhase[] ALL = values();

    static SlotPhase of(int code) {
        if (code >= ALL.length) {
            throw new IllegalStateException("slot phase " + code + " does not exist: the task table is damaged");
        }
        return ALL[code];
    }
}
