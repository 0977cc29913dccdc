package io.muster.internal.launch;

import io.muster.child.ChildContext;

/** Daemon children may not have children: those would be cut off in the middle of their work without anybody asking. */
final class DaemonRule {
    private DaemonRule() {}

    static void check(LaunchSpec spec) {
        ChildContext self = ChildContext.current();
        if (self != null && !self.mayHaveChildren()) {
            throw new IllegalStateException("daemon child '" + self.name() + "' may not have children: '" + spec.name()
                    + "' was not started. A daemon ends with its parent at any moment, and its children would with it;"
                    + " start '" + self.name()
                    + "' without daemon(true), or use a pool, whose workers may have children");
        }
    }
}
