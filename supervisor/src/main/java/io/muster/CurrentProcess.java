package io.muster;

import io.muster.child.ChildContext;

/**
 * This JVM among those of its program.
 *
 * @param name its name; {@code main} for the root
 * @param pid its process id
 * @param isChild true if this library started it
 * @param isDaemon true if it ends with its parent and may not have children
 */
public record CurrentProcess(String name, long pid, boolean isChild, boolean isDaemon) {
    static CurrentProcess get() {
        ChildContext context = ChildContext.current();
        long pid = ProcessHandle.current().pid();
        return context == null
                ? new CurrentProcess("main", pid, false, false)
                : new CurrentProcess(context.name(), pid, true, context.isDaemon());
    }
}
