package io.muster.shared.death;

import static io.muster.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.Manager;
import io.muster.ipc.data.SharedList;
import io.muster.ipc.data.SharedLong;
import io.muster.ipc.data.SharedMap;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.sync.Held;
import io.muster.ipc.sync.SharedBarrier;
import io.muster.ipc.sync.SharedBinarySemaphore;
import io.muster.ipc.sync.SharedCondition;
import io.muster.ipc.sync.SharedEvent;
import io.muster.ipc.sync.SharedLock;
import io.muster.ipc.sync.SharedReadWriteLock;
import io.muster.ipc.sync.SharedSemaphore;
import io.muster.ipc.sync.SharedSignal;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One of each, for one process that holds all of them at once and others that want them. */
record Things(
        SharedLock lock,
        SharedBinarySemaphore binary,
        SharedReadWriteLock written,
        SharedReadWriteLock read,
        SharedSemaphore permits,
        SharedCondition condition,
        SharedBarrier barrier,
        SharedMap<String, Long> map,
        SharedList<Long> list,
        SharedEvent letGo,
        SharedSignal held,
        SharedLong holder)
        implements Serializable, AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(30);
    static final int PERMITS = 3;
    /** The holder, who waits, and one who never comes unless a test says so. */
    static final int PARTIES = 3;

    private static final int HOLDS = 9;

    /** What a thread does. */
    interface Body {
        void run() throws Exception;
    }

    static Things create() {
        Things things = new Things(
                SharedLock.create(),
                SharedBinarySemaphore.create(),
                SharedReadWriteLock.create(),
                SharedReadWriteLock.create(),
                SharedSemaphore.create(PERMITS),
                SharedCondition.create(),
                SharedBarrier.create(PARTIES),
                SharedMap.create(),
                SharedList.create(),
                SharedEvent.create(),
                SharedSignal.create(),
                SharedLong.create());
        things.fill();
        return things;
    }

    /** Those of a place, for programs that know nothing else of each other. */
    static Things of(Manager manager) {
        return new Things(
                manager.getLock("lock"),
                manager.getBinarySemaphore("binary"),
                manager.getReadWriteLock("written"),
                manager.getReadWriteLock("read"),
                manager.getSemaphore("permits", PERMITS),
                manager.getCondition("condition"),
                manager.getBarrier("barrier", PARTIES),
                manager.getMap("map", String.class, Long.class),
                manager.getList("list", Long.class),
                manager.getEvent("let go"),
                manager.getSignal("held"),
                manager.getLong("holder"));
    }

    void fill() {
        map.put("k", 1L);
        list.add(1L);
    }

    /** Takes everything, each in a thread of its own, and returns when it was told to let go and has done so. */
    void holdAll() throws InterruptedException {
        holder.set(ProcessHandle.current().pid());
        List<Thread> threads = new ArrayList<>();
        threads.add(thread("lock", () -> {
            lock.lock();
            stay();
            lock.unlock();
        }));
        threads.add(thread("binary", () -> {
            binary.acquire();
            stay();
            binary.release();
        }));
        threads.add(thread("writer", () -> {
            written.writeLock().lock();
            stay();
            written.writeLock().unlock();
        }));
        threads.add(thread("reader", () -> {
            read.readLock().lock();
            stay();
            read.readLock().unlock();
        }));
        threads.add(thread("permits", () -> {
            permits.acquire(2);
            stay();
            permits.release(2);
        }));
        threads.add(thread("condition", this::waitInCondition));
        threads.add(thread("barrier", () -> {
            held.post();
            barrier.await();
        }));
        threads.add(thread(
                "map",
                () -> map.compute("k", (key, old) -> {
                    stayUninterruptibly();
                    return old;
                })));
        threads.add(thread("list", this::changeList));
        for (Thread thread : threads) {
            thread.join();
        }
    }

    static Thread thread(String name, Body body) {
        Thread thread = new Thread(
                () -> {
                    try {
                        body.run();
                    } catch (ClosedObjectException e) {
                        // So ends whoever waits for what a test has closed.
                    } catch (Exception e) {
                        throw new IllegalStateException(name, e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void stay() throws InterruptedException {
        held.post();
        letGo.await();
    }

    private void stayUninterruptibly() {
        held.post();
        letGo.awaitUninterruptibly();
    }

    private void waitInCondition() throws InterruptedException {
        try (Held inside = condition.lock().hold()) {
            if (inside.token() > 0) {
                held.post();
            }
            condition.await();
        }
    }

    private void changeList() {
        held.post();
        while (!letGo.isSet()) {
            list.update(0, number -> number + 1);
        }
    }

    /** Until the holder has all; its process id. */
    long awaitHeld() throws InterruptedException {
        for (int i = 0; i < HOLDS; i++) {
            assertTrue(held.await(LONG), () -> "the holder does not come to hold all of " + this);
        }
        eventually(() -> condition.waiters() == 1 && barrier.waiting() == 1, () -> condition + " " + barrier);
        return holder.get();
    }

    @Override
    public void close() {
        lock.close();
        binary.close();
        written.close();
        read.close();
        permits.close();
        condition.close();
        barrier.close();
        map.close();
        list.close();
        letGo.close();
        held.close();
        holder.close();
    }
}
