package io.muster.ipc.wait;

/** One sleep of one virtual thread; compared by identity. */
final class VirtualSleeper {
    final Thread thread;

    VirtualSleeper(Thread thread) {
        this.thread = thread;
    }
}
