package io.muster.ipc.memory;

import io.muster.ipc.memory.Witness.Testimony;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Processes, their locks and their deaths, all in one JVM: what a {@link Place} asks the real kernel for.
 *
 * <p>A process dies with its {@link CrashPoint}; the kernel then drops its locks, and nobody sees it running any more.
 */
public final class FakeKernel {
    private static final long NAMESPACE = 4026531836L;

    private final Map<Integer, Process> slotOwners = new ConcurrentHashMap<>();
    private final Set<Process> placeSharers = ConcurrentHashMap.newKeySet();
    private final Map<Long, Process> processes = new ConcurrentHashMap<>();
    private volatile Process placeOwner;
    private volatile Process namesOwner;
    private long lastPid;
    private int wakeUps;

    /** One process, as the others see it and as it sees the kernel. */
    public final class Process implements PlaceLocks, Witness, WakeUp {
        private final CrashPoint point;
        private volatile boolean ending;
        private final Self self = new Self(++lastPid, 1000 + lastPid, NAMESPACE, 1, 1);

        private Process(CrashPoint point) {
            this.point = point;
            point.onDeath(this::loseLocks);
            processes.put(self.pid(), this);
        }

        /** Its view of a place whose party table lies in that memory. */
        public Place place(Memory table) {
            return new Place(new CrashingMemory(table, point), this, this, this, self);
        }

        /** What happens when any library in the process closes a stream on the lock file. */
        public void loseLocks() {
            slotOwners.values().removeIf(this::equals);
            placeSharers.remove(this);
            placeOwner = placeOwner == this ? null : placeOwner;
            namesOwner = namesOwner == this ? null : namesOwner;
        }

        public void kill() {
            point.kill();
        }

        /** No thread of it runs any more, and the kernel has not come to its locks yet. */
        void end() {
            ending = true;
        }

        @Override
        public boolean tryLock(int slot) {
            point.before("lock slot " + slot);
            return slotOwners.putIfAbsent(slot, this) == null;
        }

        @Override
        public void unlock(int slot) {
            point.before("unlock slot " + slot);
            slotOwners.remove(slot, this);
        }

        @Override
        public boolean tryLockPlaceShared() {
            point.before("lock place shared");
            return placeOwner == null && placeSharers.add(this);
        }

        @Override
        public boolean tryLockPlaceExclusive() {
            point.before("lock place alone");
            if (placeOwner != null || !placeSharers.isEmpty()) {
                return false;
            }
            placeOwner = this;
            return true;
        }

        @Override
        public void unlockPlace() {
            point.before("unlock place");
            placeSharers.remove(this);
            placeOwner = placeOwner == this ? null : placeOwner;
        }

        @Override
        public boolean tryLockNames() {
            point.before("lock names");
            namesOwner = namesOwner == null ? this : namesOwner;
            return namesOwner == this;
        }

        @Override
        public void unlockNames() {
            point.before("unlock names");
            namesOwner = namesOwner == this ? null : namesOwner;
        }

        @Override
        public void close() {
            point.before("close lock file");
            loseLocks();
        }

        @Override
        public Testimony of(long pid, long startTicks, long pidNamespace) {
            point.checkAlive();
            Process process = processes.get(pid);
            boolean runs = process != null
                    && !process.point.isDead()
                    && !process.ending
                    && process.self.startTicks() == startTicks;
            return runs ? Testimony.RUNS : Testimony.GONE;
        }

        @Override
        public boolean isEnding(long pid, long startTicks, long pidNamespace) {
            point.checkAlive();
            Process process = processes.get(pid);
            return process != null && process.ending && process.self.startTicks() == startTicks;
        }

        @Override
        public void wakeAll(Memory memory, long offset) {
            point.before("wake all");
            wakeUps++;
        }

        CrashPoint point() {
            return point;
        }

        Self self() {
            return self;
        }
    }

    public Process start(CrashPoint point) {
        return new Process(point);
    }

    /** One that lives until it is killed. */
    public Process start() {
        return start(CrashPoint.never());
    }

    public int wakeUps() {
        return wakeUps;
    }
}
