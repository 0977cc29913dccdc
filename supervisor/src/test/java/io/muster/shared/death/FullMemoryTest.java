package io.muster.shared.death;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.channel.Pipe;
import io.muster.ipc.channel.SharedQueue;
import io.muster.ipc.data.SharedList;
import io.muster.ipc.data.SharedLongArray;
import io.muster.ipc.data.SharedMap;
import io.muster.ipc.memory.NoSpaceException;
import io.muster.ipc.memory.Superuser;
import io.muster.ipc.sync.SharedLock;
import io.muster.ipc.sync.SharedSemaphore;
import io.muster.testing.DriverJvm;
import io.muster.testing.HangDump;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Shared memory is full, as a container's small /dev/shm soon is: what is there goes on, what is new is refused. */
@ExtendWith(HangDump.class)
class FullMemoryTest {
    @TempDir
    Path sessions;

    /** A program whose session lies in a directory of four megabytes. */
    static final class Filler {
        private static final int ROUNDS = 20;
        /** Elements that take 1.6 of the four megabytes. */
        private static final int LARGE = 200_000;

        private Filler() {}

        /** Fills its memory, uses what it has, and says how that went. */
        public static void main(String[] args) throws Exception {
            try (SharedMap<String, String> map = SharedMap.create();
                    SharedList<String> list = SharedList.create();
                    SharedLock lock = SharedLock.create();
                    SharedSemaphore permits = SharedSemaphore.create(1)) {
                map.put("kept", "value");
                list.add("kept");
                List<SharedLongArray> arrays = new ArrayList<>();
                System.out.println("array " + refused(() -> arrays.add(SharedLongArray.create(4_096))));
                List<SharedSemaphore> many = new ArrayList<>();
                System.out.println("semaphore " + refused(() -> many.add(SharedSemaphore.create(1))));
                System.out.println("map " + refused(() -> map.put("key " + map.size(), "value ".repeat(50))));
                System.out.println("list " + refused(() -> list.add("element ".repeat(50))));
                boolean held = lock.tryLock();
                lock.unlock();
                permits.acquire();
                permits.release();
                int size = map.size();
                boolean kept = map.get("kept").equals("value") && list.get(0).equals("kept");
                map.remove("kept");
                list.remove(0);
                System.out.println("goes-on " + (held && kept && map.size() == size - 1));
                arrays.forEach(SharedLongArray::close);
                arrays.clear(); // the memory goes with the last mapping, which only a collection ends
                for (int i = 0; i < ROUNDS; i++) {
                    SharedLongArray.create(LARGE).close();
                }
                System.out.println("again true");
            }
            makeAndCloseChannels();
            System.out.println(
                    "channels " + refused(() -> Pipe.options().capacity(2 << 20).makeDuplex()));
            // The half of it that was made is not there any more.
            Pipe.options().capacity(2 << 20).makeOneWay().close();
            System.out.println("half true");
        }

        /** Each takes more than a quarter of the memory. */
        private static void makeAndCloseChannels() {
            for (int i = 0; i < ROUNDS; i++) {
                Pipe.options().capacity(1 << 20).makeOneWay().close();
                SharedQueue<byte[]> queue = SharedQueue.create();
                queue.add(new byte[500_000]);
                queue.close();
            }
        }

        /** How it ends when it is done again and again. */
        private static String refused(Runnable step) {
            try {
                for (int i = 0; i < 1_000_000; i++) {
                    step.run();
                }
                return "never";
            } catch (NoSpaceException e) {
                return e.askedBytes() > 0 && e.getMessage().contains("asked for") ? "refused" : e.toString();
            }
        }
    }

    @AfterEach
    void unmount() {
        Superuser.run("umount", "-l", sessions.toString());
    }

    @Test
    void whatIsThereGoesOnAndWhatIsNewIsRefusedUntilThereIsRoom() throws Exception {
        Superuser.assumeAble(
                "mount a small tmpfs", "mount", "-t", "tmpfs", "-o", "size=4m,mode=1777", "test", sessions.toString());
        try (DriverJvm filler = new DriverJvm(sessions, Filler.class, Map.of(), List.of("-Xmx128m"))) {
            for (String what : List.of("array", "semaphore", "map", "list")) {
                assertEquals("refused", filler.lines().await(what), what);
            }
            assertEquals("true", filler.lines().await("goes-on"));
            assertEquals("true", filler.lines().await("again"));
            assertEquals("refused", filler.lines().await("channels"));
            assertEquals("true", filler.lines().await("half"));
            assertTrue(filler.process().waitFor(20, TimeUnit.SECONDS));
            assertEquals(
                    0, filler.process().exitValue(), () -> filler.lines().all().toString());
        }
    }
}
