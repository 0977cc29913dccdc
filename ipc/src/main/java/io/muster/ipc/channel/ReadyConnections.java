package io.muster.ipc.channel;

import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.wait.Deadline;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Connections that stand and wait for somebody to accept them. For any number of threads. */
final class ReadyConnections {
    private final String server;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Connection> waiting = new ArrayDeque<>();
    private boolean closed;
    private Throwable failure;

    ReadyConnections(String server) {
        this.server = server;
    }

    void add(Connection connection) {
        lock.lock();
        try {
            if (!closed) {
                waiting.add(connection);
                changed.signal();
                return;
            }
        } finally {
            lock.unlock();
        }
        connection.close();
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    Connection take(Deadline deadline) throws IOException, InterruptedException, TimeoutException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() || closed) {
                check();
                long nanos = deadline.remainingNanos();
                if (nanos == 0) {
                    throw new TimeoutException("nobody has connected to " + server + " in time");
                }
                if (nanos == Long.MAX_VALUE) {
                    changed.await();
                } else {
                    changed.await(nanos, TimeUnit.NANOSECONDS);
                }
            }
            return waiting.remove();
        } finally {
            lock.unlock();
        }
    }

    private void check() throws IOException {
        if (closed) {
            throw new ClosedObjectException("the " + server + " was closed in this process");
        }
        if (failure != null) {
            throw new IOException("the " + server + " can listen no more: " + failure, failure);
        }
    }

    /** Nothing will be added any more. */
    void fail(Throwable reason) {
        lock.lock();
        try {
            failure = reason;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        Deque<Connection> left;
        lock.lock();
        try {
            closed = true;
            left = new ArrayDeque<>(waiting);
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        left.forEach(Connection::close);
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
