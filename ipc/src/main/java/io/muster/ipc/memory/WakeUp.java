package io.muster.ipc.memory;

/**
 * How sleepers are woken when a party has died. Memory itself cannot wake anybody: the package that sleeps on memory
 * provides this, found by {@link java.util.ServiceLoader} at the first death that somebody may be sleeping through.
 * Without a provider sleepers find out when their slice ends.
 */
public interface WakeUp {

    /** Wakes every thread of every process that sleeps on the 32-bit word at {@code offset}; must not throw. */
    void wakeAll(Memory memory, long offset);
}
