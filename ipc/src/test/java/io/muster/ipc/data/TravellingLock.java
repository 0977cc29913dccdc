package io.muster.ipc.data;

import java.util.concurrent.locks.ReentrantLock;

/** Stands for a lock that several processes share. */
final class TravellingLock extends ReentrantLock {
    private static final long serialVersionUID = 1L;
    final String name;

    TravellingLock(String name) {
        this.name = name;
    }
}
