package io.muster.internal.pool;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

/** Objects and exceptions that make trouble on their way between processes. */
public final class Oddities {
    private Oddities() {}

    public static class HoldsAThread extends RuntimeException {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("serial")
        private final Object thread = Thread.currentThread();

        HoldsAThread(String message) {
            super(message, new IllegalStateException("the cause"));
        }
    }

    public static class CannotBeRead extends RuntimeException {
        private static final long serialVersionUID = 1;

        CannotBeRead(String message) {
            super(message, new IllegalStateException("the cause"));
        }

        private void readObject(ObjectInputStream in) throws IOException {
            throw new AssertionError("cannot be read");
        }
    }

    public static class CannotBeWritten extends RuntimeException {
        private static final long serialVersionUID = 1;

        CannotBeWritten(String message) {
            super(message, new IllegalStateException("the cause"));
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new NotSerializableException("on purpose");
        }
    }

    public static class CannotBeReadIn extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final long pid;

        CannotBeReadIn(long pid) {
            super("only in workers");
            this.pid = pid;
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            if (pid == ProcessHandle.current().pid()) {
                throw new AssertionError("not in process " + pid);
            }
        }
    }

    public static Object throwUnreadableIn(long pid) {
        throw new CannotBeReadIn(pid);
    }

    public static class ThrowsWhenAsked extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("no cause");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            return null;
        }
    }

    public static Object throwRing() {
        var first = new IllegalStateException("first");
        var second = new IllegalArgumentException("second", first);
        first.initCause(second);
        throw first;
    }

    public static Object throwLongChain() {
        var chain = new HoldsAThread("innermost");
        for (int i = 0; i < 100; i++) {
            var next = new HoldsAThread("at " + i);
            next.addSuppressed(chain);
            chain = next;
        }
        throw chain;
    }

    public static Integer recurse(Integer depth) {
        return recurse(depth + 1) + 1;
    }

    public static class UnreadableValue implements Serializable {
        private static final long serialVersionUID = 1;

        public UnreadableValue() {}

        private void readObject(ObjectInputStream in) throws IOException {
            throw new IOException("this value cannot be read");
        }
    }

    public static class UnwritableValue implements Serializable {
        private static final long serialVersionUID = 1;

        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new IllegalStateException("this value cannot be written");
        }
    }

    public static class Node implements Serializable {
        private static final long serialVersionUID = 1;

        private final Node next;

        Node(Node next) {
            this.next = next;
        }

        public int depth() {
            int depth = 0;
            for (Node node = this; node != null; node = node.next) {
                depth++;
            }
            return depth;
        }
    }

    public static Node chain(Integer depth) {
        Node chain = null;
        for (int i = 0; i < depth; i++) {
            chain = new Node(chain);
        }
        return chain;
    }
}
