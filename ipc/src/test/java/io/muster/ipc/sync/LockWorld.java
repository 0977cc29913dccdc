package io.muster.ipc.sync;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.CrashParty;
import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.memory.CrashWorld;

/** A lock, a condition of it and a binary semaphore in memory that several parties of one JVM share. */
final class LockWorld {
    static final int PLACES = 4;
    private static final long LOCK = 0;
    private static final long SEMAPHORE = 128;
    private static final long CONDITION = 320;
    private static final int BYTES = 1024;

    final CrashWorld world = new CrashWorld(BYTES);
    final Member maker;

    /** One party with its views of them. */
    record Member(CrashParty party, LockCore lock, ConditionCore condition, BinarySemaphoreCore semaphore) {
        long id() {
            return party.id();
        }

        /** As its users hold them. */
        SharedLock lockHandle() {
            return new LockHandle(lock, false);
        }

        SharedCondition conditionHandle() {
            return new ConditionHandle(condition, new LockHandle(lock, false), false);
        }

        SharedBinarySemaphore semaphoreHandle() {
            return new BinarySemaphoreHandle(semaphore, false);
        }

        ConditionPlaces places() {
            Cell cell = cell(party, ConditionLayout.KIND, CONDITION, 0, false);
            return new ConditionPlaces(party.participant(), party.memory(), cell.body(), word -> {});
        }
    }

    LockWorld() {
        CrashParty party = CrashParty.join(world);
        cell(party, UserLockLayout.LOCK_KIND, LOCK, UserLockLayout.LOCK_SIZE, true)
                .publish();
        cell(party, UserLockLayout.SEMAPHORE_KIND, SEMAPHORE, UserLockLayout.SEMAPHORE_SIZE, true)
                .publish();
        Cell condition = cell(party, ConditionLayout.KIND, CONDITION, ConditionLayout.bodyBytes(PLACES), true);
        ConditionCore.format(condition, PLACES);
        condition.publish();
        maker = member(party);
    }

    private static Cell cell(CrashParty party, int kind, long offset, long bodyBytes, boolean fresh) {
        return party.cell(kind, 1, offset, bodyBytes + 16, fresh);
    }

    /** The state of a waiter's place, as it is in the bytes. */
    long state(int place) {
        return world.shared().getLongVolatile(CONDITION + 16 + ConditionLayout.place(place));
    }

    int phase(int place) {
        return ConditionLayout.phase(state(place));
    }

    Member join(CrashPoint point) {
        return member(CrashParty.join(world, point));
    }

    Member join() {
        return join(CrashPoint.never());
    }

    /** Another lock in the cell of the first one, which must be retired. */
    LockCore nextLock() {
        Cell cell = maker.party().cellUsedAgain(UserLockLayout.LOCK_KIND, 1, LOCK, UserLockLayout.LOCK_SIZE + 16);
        cell.publish();
        return new LockCore(maker.party().participant(), cell);
    }

    private static Member member(CrashParty party) {
        LockCore lock = new LockCore(
                party.participant(), cell(party, UserLockLayout.LOCK_KIND, LOCK, UserLockLayout.LOCK_SIZE, false));
        return new Member(
                party,
                lock,
                new ConditionCore(party.participant(), cell(party, ConditionLayout.KIND, CONDITION, 0, false), lock),
                new BinarySemaphoreCore(
                        party.participant(),
                        cell(party, UserLockLayout.SEMAPHORE_KIND, SEMAPHORE, UserLockLayout.SEMAPHORE_SIZE, false)));
    }
}
