package io.muster.internal.launch;

import io.muster.child.ChildContext;
import java.util.concurrent.atomic.AtomicLong;

/** Makes the cookies by which the processes a child leaves behind are found, see {@code CookieSweep}. */
final class Cookies {
    private static final AtomicLong COUNT = new AtomicLong();
    private static final long STARTED_NANOS = System.nanoTime();

    private Cookies() {}

    /** Unique on this machine; begins with our own cookie, unless the child is to go on without us. */
    static String next(LaunchSpec spec) {
        String own = Long.toHexString(ProcessHandle.current().pid())
                + '-'
                + Long.toHexString(STARTED_NANOS)
                + '-'
                + Long.toHexString(COUNT.incrementAndGet());
        ChildContext self = ChildContext.current();
        return self == null || spec.survivesParent() ? own : self.cookie() + '/' + own;
    }
}
