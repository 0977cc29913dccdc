package io.muster.internal.launch;

import io.muster.child.ChildContext;
import io.muster.child.Control;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The children of this JVM that have not ended.
 *
 * <p>Keeps them reachable, as the garbage collector would close the stdin of a forgotten one, which then takes that for
 * its parent's end. While one of them is not a daemon, a non-daemon thread keeps this JVM from ending by itself.
 */
public final class ActiveChildren {
    private static final Set<ChildHandle> LIVING = new LinkedHashSet<>();
    private static int waitedFor;
    private static boolean waiting;
    private static boolean passesLossOn;

    private ActiveChildren() {}

    /** All that have not ended and that users know of, the oldest first. */
    public static List<ChildHandle> list() {
        synchronized (LIVING) {
            List<ChildHandle> living = new ArrayList<>(LIVING);
            living.removeIf(child -> !child.isAlive() || child instanceof JvmChild jvm && jvm.isHidden());
            return living;
        }
    }

    private static List<ChildHandle> everyone() {
        synchronized (LIVING) {
            return new ArrayList<>(LIVING);
        }
    }

    static void add(ChildHandle child) {
        synchronized (LIVING) {
            passLossOn();
            if (LIVING.add(child) && !child.isDaemon()) {
                waitedFor++;
                if (!waiting) {
                    waiting = true;
                    new Thread(ActiveChildren::waitForAll, "muster-waits-for-children").start();
                }
            }
        }
    }

    static void remove(ChildHandle child) {
        synchronized (LIVING) {
            if (LIVING.remove(child) && !child.isDaemon()) {
                waitedFor--;
                LIVING.notifyAll();
            }
        }
    }

    /** If this JVM is a child that halts with its parent, its own children need not wait until they notice that. */
    private static void passLossOn() {
        ChildContext self = ChildContext.current();
        if (!passesLossOn && self != null && !self.survivesParent()) {
            passesLossOn = true;
            self.parent().onLost(() -> everyone().forEach(child -> child.sendControl(Control.LOST)));
        }
    }

    private static void waitForAll() {
        synchronized (LIVING) {
            while (waitedFor > 0) {
                try {
                    LIVING.wait();
                } catch (InterruptedException e) {
                    // Only the children's end counts.
                }
            }
            waiting = false;
        }
    }
}
