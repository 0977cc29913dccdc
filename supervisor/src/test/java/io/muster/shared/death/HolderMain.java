package io.muster.shared.death;

import io.muster.ipc.Manager;
import java.nio.file.Path;

/** A program that knows nothing but the directory of a place, and holds all that is there. */
final class HolderMain {
    private HolderMain() {}

    /** The place is the first argument. */
    public static void main(String[] args) throws InterruptedException {
        Things.of(Manager.open(Path.of(args[0]))).holdAll();
    }
}
