package io.muster.ipc.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CrashEnumeration;
import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.memory.PartyId;
import io.muster.ipc.wait.Deadline;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Readers and writers die at each of their steps; the living go on, and know of a writer that died. */
class ReadWriteLockCrashTest {

    /** A lock that nobody holds. */
    private static final class World extends SyncWorld {
        final ReadWriteLockCore survivors = newReadWriteLock();

        long writer() {
            long word = world.shared().getLongVolatile(16 + ReadWriteLockLayout.WRITER);
            return word >>> Long.SIZE - PartyId.BITS;
        }

        /** Reads, is told of a dead writer, writes, and then nobody needs to be told any more. */
        void survive() {
            boolean diedWriting = victim.point().isDead() && writer() == victim.id();
            assertTrue(read(survivors, LIMIT_NANOS), survivors::toString);
            assertEquals(diedWriting, survivors.isAbandoned(), "whether a writer died, and what readers are told");
            survivors.unlockRead();
            assertTrue(write(survivors, LIMIT_NANOS), survivors::toString);
            assertEquals(diedWriting, survivors.isAbandoned());
            assertFalse(readWriteLock(join(CrashPoint.never())).tryRead());
            survivors.unlockWrite();
            assertFalse(survivors.isAbandoned());
            ReadWriteLockCore newcomer = readWriteLock(join(CrashPoint.never()));
            assertTrue(newcomer.tryRead());
            assertTrue(survivors.tryRead());
            survivors.unlockRead();
            newcomer.unlockRead();
            assertTrue(newcomer.tryWrite());
            newcomer.unlockWrite();
        }
    }

    private static boolean read(ReadWriteLockCore lock, long nanos) {
        try {
            return lock.read(Deadline.afterNanos(nanos), true);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean write(ReadWriteLockCore lock, long nanos) {
        try {
            return lock.write(Deadline.afterNanos(nanos), true);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static CrashEnumeration<World> enumeration(Consumer<ReadWriteLockCore> operation) {
        return new CrashEnumeration<>(
                World::new, (world, point) -> operation.accept(SyncWorld.readWriteLock(world.join(point))));
    }

    private static void useAll(ReadWriteLockCore lock) {
        assertTrue(read(lock, SyncWorld.LIMIT_NANOS));
        lock.unlockRead();
        assertTrue(lock.tryRead());
        lock.unlockRead();
        assertTrue(lock.tryWrite());
        lock.unlockWrite();
        assertTrue(write(lock, SyncWorld.LIMIT_NANOS));
        assertTrue(read(lock, SyncWorld.LIMIT_NANOS));
        lock.unlockWrite();
        lock.unlockRead();
    }

    @Test
    void aHolderMayDieAnywhere() {
        int deaths = enumeration(ReadWriteLockCrashTest::useAll).die(World::survive);
        assertTrue(deaths > 6 * 12, "only " + deaths);
    }

    @Test
    void whoTakesOverFromADeadWriterMayDieToo() {
        int deaths = enumeration(lock -> {
                    assertTrue(write(lock, SyncWorld.LIMIT_NANOS));
                    lock.unlockWrite();
                })
                .dieTwice(
                        (world, point) -> {
                            ReadWriteLockCore repairer = SyncWorld.readWriteLock(world.join(point));
                            assertTrue(read(repairer, SyncWorld.LIMIT_NANOS));
                            repairer.unlockRead();
                            assertTrue(write(repairer, SyncWorld.LIMIT_NANOS));
                            repairer.unlockWrite();
                        },
                        world -> {
                            assertTrue(read(world.survivors, SyncWorld.LIMIT_NANOS), world.survivors::toString);
                            world.survivors.unlockRead();
                            assertTrue(write(world.survivors, SyncWorld.LIMIT_NANOS));
                            world.survivors.unlockWrite();
                            world.victim = world.survivor;
                            world.survive();
                        });
        assertTrue(deaths > 100, "only " + deaths);
    }

    @Test
    void aWriterMayDieWhileItWaitsForReaders() {
        int deaths = new CrashEnumeration<>(
                        () -> {
                            World world = new World();
                            assertTrue(world.survivors.tryRead());
                            return world;
                        },
                        (world, point) -> assertFalse(write(SyncWorld.readWriteLock(world.join(point)), 4_000_000)))
                .die(world -> {
                    world.survivors.unlockRead();
                    world.survive();
                });
        assertTrue(deaths > 6 * 4, "only " + deaths);
    }

    @Test
    void aReaderMayDieWhileItWaitsForAWriter() {
        int deaths = new CrashEnumeration<>(
                        () -> {
                            World world = new World();
                            assertTrue(world.survivors.tryWrite());
                            return world;
                        },
                        (world, point) -> assertFalse(read(SyncWorld.readWriteLock(world.join(point)), 4_000_000)))
                .die(world -> {
                    world.survivors.unlockWrite();
                    world.survive();
                });
        assertTrue(deaths > 6, "only " + deaths);
    }

    @Test
    void aHolderThatIsStoppedIsWaitedFor() {
        enumeration(ReadWriteLockCrashTest::useAll)
                .pause(
                        world -> {
                            boolean writes = world.writer() == world.victim.id();
                            if (writes) {
                                assertFalse(read(world.survivors, 3_000_000));
                                assertFalse(write(world.survivors, 3_000_000));
                            } else {
                                assertTrue(read(world.survivors, SyncWorld.LIMIT_NANOS));
                                world.survivors.unlockRead();
                            }
                        },
                        World::survive);
    }

    @Test
    void whoOnlyTriesFindsTheDeadThatNobodyAnnounces() {
        World world = new World();
        assertTrue(SyncWorld.readWriteLock(world.join(CrashPoint.never())).tryRead());
        world.victim.point().kill();
        Threads.until("a try to write passes a dead reader", world.survivors::tryWrite);
        world.survivors.unlockWrite();
        assertTrue(SyncWorld.readWriteLock(world.join(CrashPoint.never())).tryWrite());
        world.victim.point().kill();
        Threads.until("a try to read passes a dead writer", world.survivors::tryRead);
        assertTrue(world.survivors.isAbandoned());
    }

    @Test
    void whoGivesBackWhileItIsClosedIsToldOfThatOrOfNothing() {
        int pauses = enumeration(lock -> {
                    try {
                        useAll(lock);
                    } catch (ClosedObjectException e) {
                        assertFalse(lock.isWriting());
                    }
                })
                .pause(world -> world.survivors.retire(), world -> {});
        assertTrue(pauses > 12, "only " + pauses);
    }
}
