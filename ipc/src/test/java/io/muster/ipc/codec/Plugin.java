package io.muster.ipc.codec;

import java.util.List;
import java.util.function.Supplier;

/** What a program in a loader of its own has; loaded once more there. */
public final class Plugin implements Supplier<List<Object>> {
    private record Named(String name) {}

    private enum Kind {
        A
    }

    private static final class Thing implements java.io.Serializable {
        private static final long serialVersionUID = 1L;
    }

    private interface Task extends Supplier<Object>, java.io.Serializable {}

    /** Returns one object for each way that has to find a class. */
    @Override
    public List<Object> get() {
        Named named = new Named("x");
        Task task = () -> named;
        return List.of(named, Kind.A, Plugin.class, new Thing(), task, new Named[] {named});
    }
}
