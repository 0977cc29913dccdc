package io.muster.shared.death;

import io.muster.ChildProcess;
import io.muster.ipc.data.SharedList;
import io.muster.ipc.data.SharedMap;
import io.muster.ipc.sync.Held;
import io.muster.ipc.sync.SharedLock;
import io.muster.ipc.sync.SharedSemaphore;
import io.muster.testing.Processes;
import java.io.Serializable;

/** A root with children and grandchildren that all use, or wait for, a lock, a map, a semaphore and a list. */
final class Family {
    private Family() {}

    /** What they share. */
    private record Shared(
            SharedLock lock,
            SharedLock kept,
            SharedMap<String, Long> map,
            SharedSemaphore permits,
            SharedList<Long> list)
            implements Serializable {

        void useForEver() throws InterruptedException {
            for (long round = 0; ; round++) {
                try (Held held = lock.hold()) {
                    list.add(held.token());
                }
                map.merge("k" + round % 10, 1L, Long::sum);
                permits.acquire();
                map.addAndGet("n", 1);
                permits.release();
                if (list.size() > 100) {
                    list.clear();
                }
            }
        }

        void insideAFunction() {
            map.compute("inside", (key, old) -> {
                Processes.waitForEver();
                return old;
            });
        }
    }

    /** Runs until it is killed, or ends in order if its argument is {@code leave}. */
    public static void main(String[] args) {
        Shared shared = new Shared(
                SharedLock.create(),
                SharedLock.create(),
                SharedMap.create(),
                SharedSemaphore.create(2),
                SharedList.create());
        System.out.println("root " + ProcessHandle.current().pid());
        if (args.length > 0) {
            return;
        }
        shared.kept().lock();
        start("user", () -> {
            start("grandchild", shared::useForEver);
            shared.useForEver();
        });
        start("waiter", shared.kept()::lock);
        start("inside", shared::insideAFunction);
        Processes.waitForEver();
    }

    private static void start(String name, io.muster.remote.RemoteRunnable target) {
        ChildProcess child = ChildProcess.named(name).heap("32m").start(() -> {
            System.out.println("runs " + name);
            target.run();
        });
        System.out.println(name + " " + child.pid());
    }
}
