package io.muster.ipc.memory;

/**
 * What a place's table says of one party, for messages and tools.
 *
 * @param id its party id
 * @param name given by its parent, or by itself
 * @param pid 0 for a child that has not joined yet
 * @param phase {@code reserved}, {@code live} or {@code dead}
 * @param parent the party that reserved its slot, or {@link PartyId#NOBODY}
 */
public record Party(long id, String name, long pid, String phase, long parent) {

    /** For messages: {@code 'worker-1' (pid 4711, live)}. */
    @Override
    public String toString() {
        return "'" + name + "' (" + (pid == 0 ? "" : "pid " + pid + ", ") + phase + ")";
    }
}
