package io.muster.shared.data;

import static io.muster.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ipc.data.SharedByteArray;
import io.muster.ipc.data.SharedDouble;
import io.muster.ipc.data.SharedIntArray;
import io.muster.ipc.data.SharedLong;
import io.muster.ipc.data.SharedLongArray;
import io.muster.ipc.data.SharedStruct;
import io.muster.ipc.data.SharedStructArray;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.SegmentException;
import io.muster.ipc.memory.SessionDirectory;
import io.muster.remote.RemoteRunnable;
import io.muster.testing.HangDump;
import io.muster.testing.Processes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Arrays, values and records that real processes share, and some of those killed. */
@ExtendWith(HangDump.class)
class SharedDataTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int CHILDREN = 4;
    private static final int ROUNDS = 20_000;

    private final List<ChildProcess> children = new ArrayList<>();

    @AfterEach
    void noChildStaysBehind() {
        children.forEach(ChildProcess::kill);
    }

    private ChildProcess start(RemoteRunnable target) {
        ChildProcess child = ChildProcess.named("sharer").heap("32m").start(target);
        children.add(child);
        return child;
    }

    private void awaitSuccess() throws InterruptedException {
        for (ChildProcess child : children) {
            assertTrue(child.join(LIMIT), child::toString);
            assertTrue(child.exitStatus().orElseThrow().isSuccess(), child::toString);
        }
    }

    @Test
    void noUpdateOfFourProcessesIsLost() throws Exception {
        try (SharedLong number = SharedLong.create();
                SharedDouble fraction = SharedDouble.create();
                SharedIntArray ints = SharedIntArray.create(10);
                SharedByteArray bytes = SharedByteArray.create(CHILDREN + 1);
                SharedStruct<Reading> struct = SharedStruct.create(Reading.of(0));
                SharedStructArray<Reading> structs = SharedStructArray.create(Reading.class, 3)) {
            structs.set(2, Reading.of(0));
            for (int c = 0; c < CHILDREN; c++) {
                int mine = c;
                start(() -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        number.incrementAndGet();
                        fraction.addAndGet(0.25);
                        ints.getAndAdd(7, 3);
                        ints.updateAndGet(8, x -> x + 1);
                        bytes.addAndGet(mine, 1);
                        bytes.addAndGet(CHILDREN, 1);
                        if (i % 10 == 0) {
                            struct.updateAndGet(Reading::next);
                            structs.updateAndGet(2, Reading::next);
                        }
                    }
                });
            }
            awaitSuccess();
            int all = CHILDREN * ROUNDS;
            assertEquals(all, number.get());
            assertEquals(all * 0.25, fraction.get());
            assertEquals(3 * all, ints.get(7));
            assertEquals(all, ints.get(8));
            for (int c = 0; c < CHILDREN; c++) {
                assertEquals((byte) ROUNDS, bytes.get(c), "byte of child " + c);
            }
            assertEquals((byte) all, bytes.get(CHILDREN));
            assertEquals(all / 10, struct.get().count());
            assertEquals(all / 10, structs.get(2).count());
        }
    }

    @Test
    void slicesTravelAndEachProcessFillsItsOwn() throws Exception {
        int part = 1_000;
        try (SharedLongArray array = SharedLongArray.create(CHILDREN * (long) part)) {
            for (int c = 0; c < CHILDREN; c++) {
                SharedLongArray slice = array.slice(c * (long) part, part);
                long value = c + 1;
                start(() -> {
                    slice.fill(value);
                    slice.setRelease(0, slice.length());
                    assertThrows(IndexOutOfBoundsException.class, () -> slice.set(slice.length(), 0));
                });
            }
            awaitSuccess();
            for (int c = 0; c < CHILDREN; c++) {
                assertEquals(part, array.getAcquire(c * (long) part));
                assertEquals(
                        (part - 1) * (c + 1L),
                        array.slice(c * (long) part + 1, part - 1).stream().sum());
            }
        }
    }

    @Test
    void whatItsMakerClosesIsClosedForTheOthersToo() throws Exception {
        SharedIntArray array = SharedIntArray.create(10);
        SharedLong number = SharedLong.create();
        SharedStruct<Reading> struct = SharedStruct.create(Reading.of(1));
        SharedStructArray<Reading> structs = SharedStructArray.create(Reading.class, 10);
        try (SharedLong arrived = SharedLong.create()) {
            start(() -> {
                arrived.incrementAndGet();
                awaitClosed(() -> array.getAndAdd(3, 1));
                awaitClosed(number::incrementAndGet);
                awaitClosed(() -> struct.updateAndGet(Reading::next));
                awaitClosed(() -> structs.get(1));
            });
            eventually(() -> arrived.get() == 1 && array.get(3) > 0, () -> "the child has not begun");
            array.close();
            number.close();
            struct.close();
            structs.close();
            awaitSuccess();
        }
    }

    private static void awaitClosed(Runnable use) {
        try {
            while (true) {
                use.run();
                Thread.onSpinWait();
            }
        } catch (ClosedObjectException e) {
            assertTrue(e.getMessage().contains("closed"), e.getMessage());
        }
    }

    @Test
    void aFileThatSomebodyTruncatesIsAClearErrorInTheOtherProcess() throws Exception {
        try (SharedLongArray array = SharedLongArray.create(100_000);
                SharedLong arrived = SharedLong.create()) {
            start(() -> {
                array.fill(1);
                arrived.incrementAndGet();
                awaitLost(array);
            });
            eventually(() -> arrived.get() == 1, () -> "the child has not begun");
            truncate(array);
            awaitSuccess();
        }
    }

    private static void awaitLost(SharedLongArray array) {
        try {
            while (true) {
                for (long i = 0; i < array.length(); i++) {
                    array.get(i);
                }
            }
        } catch (SegmentException e) {
            assertTrue(e.getMessage().contains("truncated"), e.getMessage());
        } catch (InternalError late) {
            // JDK 17 may deliver it when the method that met it has returned.
            assertTrue(Runtime.version().feature() < 21, late::toString);
        }
    }

    private static void truncate(SharedLongArray array) throws IOException {
        String text = array.toString();
        String name = text.substring(text.indexOf("longs-"), text.indexOf(']', text.indexOf("longs-")));
        Path file = SessionDirectory.current().path().resolve(name);
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(4_096);
        }
    }

    @Test
    void processesKilledInTheMiddleOfAChangeLeaveTheOldRecordOrTheNewOne() throws Exception {
        try (SharedStruct<Reading> struct = SharedStruct.create(Reading.of(0))) {
            for (int round = 0; round < 3; round++) {
                long before = struct.get().count();
                ChildProcess victim = start(() -> updateForEver(struct));
                eventually(() -> struct.get().count() > before + 1_000, () -> "no progress: " + struct);
                Processes.signal(victim.pid(), "KILL");
                long seen = struct.get().count();
                assertTrue(struct.updateAndGet(Reading::next).count() > seen);
                assertTrue(victim.join(LIMIT));
                Reading last = Reading.of(struct.get().count() + 5);
                struct.set(last);
                assertEquals(last, struct.get(), "nobody else is left to change it");
            }
        }
    }

    private static void updateForEver(SharedStruct<Reading> struct) {
        while (true) {
            struct.updateAndGet(Reading::next);
        }
    }

    @Test
    void aStoppedWriterHoldsUpNoReaderAndGoesOn() throws Exception {
        try (SharedStruct<Reading> struct = SharedStruct.create(Reading.of(0))) {
            ChildProcess writer = start(() -> updateForEver(struct));
            for (int round = 0; round < 10; round++) {
                long before = struct.get().count();
                eventually(() -> struct.get().count() > before + 100, () -> "no progress: " + struct);
                Processes.signal(writer.pid(), "STOP");
                eventually(() -> Processes.isStopped(writer.pid()), () -> "not stopped");
                long stopped = struct.get().count();
                for (int i = 0; i < 1_000; i++) {
                    assertEquals(stopped, struct.get().count());
                }
                Processes.signal(writer.pid(), "CONT");
            }
        }
    }

    @Tag("storm")
    @Test
    void killsOfWritersForAMinuteLeaveEveryRecordWholeAndEveryChangeOfTheLivingDone() throws Exception {
        int writers = 3;
        Random random = new Random(1);
        try (SharedStructArray<Reading> structs = SharedStructArray.create(Reading.class, 5);
                SharedLongArray done = SharedLongArray.create(1)) {
            for (int i = 0; i < 5; i++) {
                structs.set(i, Reading.of(0));
            }
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < Duration.ofSeconds(60).toNanos()) {
                while (children.size() < writers) {
                    start(() -> changeForEver(structs, done));
                }
                long before = done.get(0);
                eventually(() -> done.getVolatile(0) > before + 500 + random.nextInt(2_000), () -> "no progress");
                ChildProcess victim = children.remove(random.nextInt(writers));
                Processes.signal(victim.pid(), "KILL");
                long sum = structs.stream().mapToLong(Reading::count).sum();
                assertTrue(sum >= before, sum + " changes are there, " + before + " were done");
                long mine = structs.get(0).count();
                assertTrue(structs.updateAndGet(0, Reading::next).count() > mine);
                assertTrue(victim.join(LIMIT));
            }
        }
    }

    private static void changeForEver(SharedStructArray<Reading> structs, SharedLongArray done) {
        for (int i = 0; ; i++) {
            structs.updateAndGet(i % 5, Reading::next);
            done.getAndAdd(0, 1);
        }
    }
}
