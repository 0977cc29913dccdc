package io.muster.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.data.SharedIntArray;
import io.muster.ipc.data.SharedList;
import io.muster.ipc.data.SharedMap;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.NoSpaceException;
import io.muster.ipc.memory.WrongObjectException;
import io.muster.ipc.sync.SharedCondition;
import io.muster.ipc.sync.SharedEvent;
import io.muster.ipc.sync.SharedLock;
import io.muster.ipc.sync.SharedSemaphore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects by name, as one process sees them; {@link ManagerProcessTest} has several. */
class ManagerTest {
    @TempDir
    Path temp;

    private Manager manager;

    @BeforeEach
    void open() {
        manager = Manager.open(temp.resolve("place"));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    record Point(int x, int y) {}

    /** One call of each kind, by the type that the object should have then. */
    private static final Map<String, Function<Manager, AutoCloseable>> KINDS = new TreeMap<>(Map.ofEntries(
            Map.entry("SharedLock", m -> m.getLock("x")),
            Map.entry("SharedBinarySemaphore", m -> m.getBinarySemaphore("x")),
            Map.entry("SharedReadWriteLock", m -> m.getReadWriteLock("x")),
            Map.entry("SharedSemaphore(3)", m -> m.getSemaphore("x", 3)),
            Map.entry("SharedSemaphore(4)", m -> m.getSemaphore("x", 4)),
            Map.entry("SharedSemaphore(3, fair)", m -> m.getFairSemaphore("x", 3)),
            Map.entry("SharedSemaphore(3, bounded)", m -> m.getBoundedSemaphore("x", 3)),
            Map.entry("SharedSignal", m -> m.getSignal("x")),
            Map.entry("SharedEvent", m -> m.getEvent("x")),
            Map.entry("SharedCondition", m -> m.getCondition("x")),
            Map.entry("SharedBarrier(2)", m -> m.getBarrier("x", 2)),
            Map.entry("SharedCountDownLatch(2)", m -> m.getCountDownLatch("x", 2)),
            Map.entry("SharedMap<java.lang.String, java.lang.Long>", m -> m.getMap("x", String.class, Long.class)),
            Map.entry("SharedMap<java.lang.String, int[]>", m -> m.getMap("x", String.class, int[].class)),
            Map.entry("SharedList<java.lang.String>", m -> m.getList("x", String.class)),
            Map.entry("SharedBoolean", m -> m.getBoolean("x")),
            Map.entry("SharedByte", m -> m.getByte("x")),
            Map.entry("SharedShort", m -> m.getShort("x")),
            Map.entry("SharedChar", m -> m.getChar("x")),
            Map.entry("SharedInt", m -> m.getInt("x")),
            Map.entry("SharedLong", m -> m.getLong("x")),
            Map.entry("SharedFloat", m -> m.getFloat("x")),
            Map.entry("SharedDouble", m -> m.getDouble("x")),
            Map.entry("SharedSet<java.lang.String>", m -> m.getSet("x", String.class)),
            Map.entry("SharedNamespace", m -> m.getNamespace("x")),
            Map.entry("SharedStruct<io.muster.ipc.ManagerTest$Point>", m -> m.getStruct("x", Point.class)),
            Map.entry(
                    "SharedStructArray<io.muster.ipc.ManagerTest$Point>(5)",
                    m -> m.getStructArray("x", Point.class, 5)),
            Map.entry("SharedByteArray(8)", m -> m.getByteArray("x", 8)),
            Map.entry("SharedShortArray(8)", m -> m.getShortArray("x", 8)),
            Map.entry("SharedCharArray(8)", m -> m.getCharArray("x", 8)),
            Map.entry("SharedIntArray(8)", m -> m.getIntArray("x", 8)),
            Map.entry("SharedIntArray(9)", m -> m.getIntArray("x", 9)),
            Map.entry("SharedLongArray(8)", m -> m.getLongArray("x", 8)),
            Map.entry("SharedFloatArray(8)", m -> m.getFloatArray("x", 8)),
            Map.entry("SharedDoubleArray(8)", m -> m.getDoubleArray("x", 8))));

    @Test
    void everyKindIsFoundAgainAndNoOtherUnderItsName() {
        KINDS.forEach((type, get) -> {
            get.apply(manager);
            assertEquals(List.of("x"), manager.names());
            assertEquals(type, manager.list().get(0).type());
            assertTrue(manager.list().get(0).bytes() > 0);
            KINDS.forEach((otherType, otherGet) -> {
                if (!otherType.equals(type)) {
                    String refused = assertThrows(WrongObjectException.class, () -> otherGet.apply(manager))
                            .getMessage();
                    assertTrue(
                            refused.contains("is a " + type + ",") && refused.contains("as a " + otherType + "."),
                            refused);
                }
            });
            get.apply(manager);
            assertTrue(manager.remove("x"), type);
            assertEquals(List.of(), manager.names());
            assertEquals(2, files().length, () -> type + " left " + String.join(" ", files()));
        });
    }

    private String[] files() {
        return manager.path().toFile().list();
    }

    @Test
    void closingAHandleOrTheManagerEndsNoObject() throws Exception {
        for (Map.Entry<String, Function<Manager, AutoCloseable>> kind : KINDS.entrySet()) {
            try (Manager other = Manager.open(manager.path())) {
                kind.getValue().apply(other).close();
                kind.getValue().apply(other);
            }
            assertEquals(kind.getKey(), manager.list().get(0).type());
            kind.getValue().apply(manager).close();
            manager.remove("x");
        }
    }

    @Test
    void closedManagerHasClosedItsHandlesAndGivesNoMore() {
        Manager other = Manager.open(manager.path());
        SharedMap<String, Long> map = other.getMap("map", String.class, Long.class);
        SharedLock lock = other.getLock("lock");
        map.put("a", 1L);
        other.close();
        other.close();
        assertThrows(ClosedObjectException.class, () -> map.get("a"));
        assertThrows(ClosedObjectException.class, lock::tryLock);
        assertThrows(IllegalStateException.class, () -> other.getLock("lock"));
        assertThrows(IllegalStateException.class, other::names);
        assertThrows(IllegalStateException.class, other::force);
        assertEquals(1L, manager.getMap("map", String.class, Long.class).get("a"));
    }

    @Test
    void dataIsThereUnderItsName() {
        manager.getMap("m", String.class, Long.class).put("k", 5L);
        manager.getList("l", String.class).addAll(List.of("a", "b"));
        manager.getIntArray("a", 4).setVolatile(3, 7);
        manager.getDoubleArray("d", 4).set(0, 0.5);
        manager.getLong("v").addAndGet(9);
        manager.getStruct("p", Point.class).set(new Point(1, 2));
        manager.getStructArray("ps", Point.class, 3).set(2, new Point(3, 4));
        manager.getSet("s", String.class).add("e");
        manager.getNamespace("n").set("port", 80);
        try (Manager other = Manager.open(manager.path())) {
            assertEquals(5L, other.getMap("m", String.class, Long.class).get("k"));
            assertEquals(List.of("a", "b"), other.getList("l", String.class));
            assertEquals(7, other.getIntArray("a", 4).getVolatile(3));
            assertEquals(0.5, other.getDoubleArray("d", 4).get(0));
            assertEquals(9, other.getLong("v").get());
            assertEquals(new Point(1, 2), other.getStruct("p", Point.class).get());
            assertEquals(
                    new Point(3, 4), other.getStructArray("ps", Point.class, 3).get(2));
            assertTrue(other.getSet("s", String.class).contains("e"));
            assertEquals(80, other.getNamespace("n").get("port", int.class));
            assertEquals(List.of("a", "d", "l", "m", "n", "p", "ps", "s", "v"), other.names());
        }
        manager.force();
    }

    @Test
    void boundedSemaphoreIsBoundedForWhoFindsIt() throws Exception {
        manager.getBoundedSemaphore("x", 1).acquire();
        try (Manager other = Manager.open(manager.path())) {
            SharedSemaphore found = other.getBoundedSemaphore("x", 1);
            assertFalse(found.tryAcquire());
            manager.getBoundedSemaphore("x", 1).release();
            assertThrows(IllegalStateException.class, found::release);
            assertEquals(1, found.availablePermits());
        }
    }

    @Test
    void boundsOfAMapAreOfItsFirstMaker() {
        manager.getMap("cache", SharedMap.builder(Integer.class, String.class).maxEntries(100));
        SharedMap<Integer, String> map = manager.getMap("cache", Integer.class, String.class);
        for (int i = 0; i < 1000; i++) {
            map.put(i, "x");
        }
        assertTrue(map.size() <= 100, () -> "holds " + map.size());
    }

    @Test
    void largeValuesGoWithTheirMap() {
        SharedMap<String, byte[]> map = manager.getMap("large", String.class, byte[].class);
        map.put("k", new byte[5 << 20]);
        assertTrue(manager.list().get(0).bytes() > 5 << 20);
        manager.remove("large");
        assertEquals(2, files().length, () -> String.join(" ", files()));
    }

    /** Not on the common pool: its threads may be as few as one. */
    private static void start(Runnable work) {
        Thread thread = new Thread(work, "manager-test");
        thread.setDaemon(true);
        thread.start();
    }

    private static void until(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - start < 30_000_000_000L, "not within 30 s");
            LockSupport.parkNanos(200_000);
        }
    }

    @Test
    void whoWaitsWhenItIsRemovedIsToldSo() throws Exception {
        manager.getLock("x").lock();
        SharedLock lock = manager.getLock("x");
        SharedEvent awaited = manager.getEvent("e");
        // Whether they wait already or come too late: the object is gone.
        CompletableFuture<?> waiter = CompletableFuture.runAsync(lock::lock, ManagerTest::start);
        CompletableFuture<?> event = CompletableFuture.runAsync(
                () -> {
                    try {
                        awaited.await();
                    } catch (InterruptedException e) {
                        throw new CompletionException(e);
                    }
                },
                ManagerTest::start);
        manager.remove("x");
        manager.remove("e");
        for (CompletableFuture<?> each : List.of(waiter, event)) {
            Throwable told = assertThrows(Exception.class, () -> each.get(10, TimeUnit.SECONDS))
                    .getCause();
            assertEquals(ClosedObjectException.class, told.getClass(), told::toString);
        }
        assertTrue(manager.getLock("x").tryLock(), "another one");
    }

    @Test
    void conditionHasALockOfItsOwnThatGoesWithIt() throws Exception {
        SharedCondition condition = manager.getCondition("c");
        SharedLock lock = condition.lock();
        CompletableFuture<Boolean> waiter = CompletableFuture.supplyAsync(
                () -> {
                    SharedCondition same = copy(condition);
                    same.lock().lock();
                    try {
                        return same.await(Duration.ofSeconds(20));
                    } catch (InterruptedException e) {
                        throw new CompletionException(e);
                    } finally {
                        same.lock().unlock();
                    }
                },
                ManagerTest::start);
        until(() -> condition.waiters() == 1);
        lock.lock();
        condition.signal();
        lock.unlock();
        assertTrue(waiter.get(20, TimeUnit.SECONDS));
        manager.remove("c");
        assertThrows(ClosedObjectException.class, lock::lock);
        assertEquals(List.of(), manager.names());
    }

    @Test
    void handlesAndManagersTravel() {
        SharedMap<String, Long> map = manager.getMap("m", String.class, Long.class);
        map.put("k", 1L);
        assertEquals(1L, copy(map).get("k"));
        assertEquals(1L, manager.getMap("m", String.class, long.class).get("k"), "long is Long there");
        SharedIntArray array = manager.getIntArray("a", 3);
        array.set(1, 5);
        assertEquals(5, copy(array).get(1));
        SharedList<String> list = manager.getList("l", String.class);
        list.add("x");
        assertEquals(List.of("x"), copy(list));
        assertEquals(manager.getLock("lock"), copy(manager.getLock("lock")));
        assertEquals(manager.names(), copy(manager).names());
    }

    @Test
    void handleOfARemovedObjectDoesNotTravelToItsSuccessor() {
        SharedLock lock = manager.getLock("n");
        byte[] sent = bytes(lock);
        manager.remove("n");
        SharedLock next = manager.getLock("n");
        assertNotEquals(lock, next);
        assertThrows(ClosedObjectException.class, () -> object(sent));
        assertThrows(ClosedObjectException.class, lock::tryLock);
        assertTrue(next.tryLock());
    }

    private static <T> T copy(T object) {
        return object(bytes(object));
    }

    private static byte[] bytes(Object object) {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
            out.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T object(byte[] bytes) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (T) in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatHasNoRoomLeavesNothing() {
        NoSpaceException full = assertThrows(NoSpaceException.class, () -> manager.getLongArray("huge", 1L << 50));
        assertTrue(full.getMessage().contains(manager.path().toString()), full.getMessage());
        assertEquals(List.of(), manager.names());
        assertEquals(2, files().length, () -> String.join(" ", files()));
    }

    @Test
    void badArgumentsMakeNothing() {
        assertThrows(IllegalArgumentException.class, () -> manager.getSemaphore("x", -1));
        assertThrows(IllegalArgumentException.class, () -> manager.getBoundedSemaphore("x", -1));
        assertThrows(IllegalArgumentException.class, () -> manager.getBarrier("x", 0));
        assertThrows(IllegalArgumentException.class, () -> manager.getCountDownLatch("x", -1));
        assertThrows(IllegalArgumentException.class, () -> manager.getIntArray("x", -1));
        assertThrows(IllegalArgumentException.class, () -> manager.getLock(""));
        assertThrows(NullPointerException.class, () -> manager.getLock(null));
        assertThrows(NullPointerException.class, () -> manager.getMap("x", null, Long.class));
        assertThrows(NullPointerException.class, () -> manager.getList("x", null));
        assertThrows(NullPointerException.class, () -> manager.remove(null));
        assertThrows(NullPointerException.class, () -> Manager.open((String) null));
        assertThrows(NullPointerException.class, () -> Manager.open((Path) null));
        assertFalse(manager.remove("never there"));
        assertEquals(List.of(), manager.names());
    }
}
