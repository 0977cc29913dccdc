package io.muster;

import static io.muster.ErrorsPageTest.thrown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.ErrorsPageTest.Provocation;
import io.muster.ipc.Manager;
import io.muster.ipc.data.SharedMap;
import io.muster.ipc.data.SharedStruct;
import io.muster.ipc.journal.Topic;
import io.muster.ipc.memory.Segment;
import io.muster.ipc.memory.SegmentKind;
import io.muster.ipc.sync.SharedBarrier;
import io.muster.ipc.sync.SharedCondition;
import io.muster.ipc.sync.SharedEvent;
import io.muster.ipc.sync.SharedLock;
import io.muster.ipc.sync.SharedReadWriteLock;
import io.muster.ipc.sync.SharedSemaphore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/** The part of {@link ErrorsPageTest} that is about what processes share. */
final class SharedObjectErrors {
    private static final int ANOTHER_USER = 12345;

    private final Path directory;

    /** @param directory empty, for places and files */
    SharedObjectErrors(Path directory) {
        this.directory = directory;
    }

    void addTo(Map<String, Provocation> all) {
        closed(all);
        waiting(all);
        data(all);
        named(all);
        journals(all);
        files(all);
    }

    private static void closed(Map<String, Provocation> all) {
        all.put("Its maker has closed it", () -> {
            SharedEvent made = SharedEvent.create();
            SharedEvent other = (SharedEvent) arrived(sent(made));
            made.close();
            return thrown(other::isSet);
        });
        all.put("This handle was closed", () -> {
            SharedEvent event = SharedEvent.create();
            event.close();
            return thrown(event::isSet);
        });
    }

    private static void waiting(Map<String, Provocation> all) {
        all.put("The lock is not held by this thread", () -> {
            try (SharedLock lock = SharedLock.create()) {
                return thrown(lock::unlock);
            }
        });
        all.put("Too many wait in a condition", SharedObjectErrors::crowded);
        all.put("A semaphore is released too often", () -> {
            try (SharedSemaphore one = SharedSemaphore.createBounded(1)) {
                return thrown(one::release);
            }
        });
        all.put("A reader wants to write", () -> {
            try (SharedReadWriteLock lock = SharedReadWriteLock.create()) {
                lock.readLock().lock();
                return thrown(lock::holdWrite);
            }
        });
        all.put("A barrier is broken", () -> {
            try (SharedBarrier barrier = SharedBarrier.create(2)) {
                barrier.abort();
                return thrown(barrier::await);
            }
        });
    }

    /** What the second one hears where one can wait. */
    private static String crowded() throws InterruptedException {
        try (SharedCondition narrow = SharedCondition.create(1)) {
            SharedLock lock = narrow.lock();
            Thread first = new Thread(() -> {
                lock.lock();
                narrow.awaitUninterruptibly();
                lock.unlock();
            });
            first.start();
            while (narrow.waiters() == 0) {
                Thread.onSpinWait();
            }
            lock.lock();
            String said = thrown(() -> narrow.await(Duration.ofSeconds(60)));
            narrow.signalAll();
            lock.unlock();
            first.join();
            return said;
        }
    }

    private void data(Map<String, Provocation> all) {
        all.put("A map's function changes the map", () -> {
            try (SharedMap<String, Integer> map = SharedMap.create()) {
                return thrown(() -> map.compute("a", (key, value) -> map.put("b", 1)));
            }
        });
        all.put("A key that is no key", () -> {
            try (SharedMap<List<String>, Integer> map = SharedMap.create()) {
                return thrown(() -> map.put(List.of("a"), 1));
            }
        });
        all.put("An element, key or value cannot travel", () -> {
            try (SharedMap<String, Object> map = SharedMap.create()) {
                return thrown(() -> map.put("k", new Mute()));
            }
        });
        all.put("A value cannot be read in this process", () -> {
            try (SharedMap<String, Object> map = SharedMap.create()) {
                map.put("k", ofAClassOfItsOwn());
                return thrown(() -> map.get("k"));
            }
        });
        all.put("A record that cannot lie in shared memory", () -> thrown(() -> SharedStruct.create(WithText.class)));
    }

    /** Not serializable. */
    private static final class Mute {}

    record WithText(String text) {}

    /** Its class is known to nobody else. */
    private Object ofAClassOfItsOwn() throws Exception {
        Path source = directory.resolve("Own.java");
        Files.writeString(source, "public record Own() {}");
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", directory.toString(), source.toString());
        assertEquals(0, failed);
        try (var loader = new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            return loader.loadClass("Own").getConstructor().newInstance();
        }
    }

    private void journals(Map<String, Provocation> all) {
        all.put("The flags are missing", () -> thrown(() -> Topic.open(directory.resolve("news"), String.class)));
    }

    private void named(Map<String, Provocation> all) {
        all.put("The name means something else", () -> {
            try (Manager place = Manager.open(directory.resolve("orders"))) {
                place.getMap("counts", String.class, Long.class);
                return thrown(() -> place.getMap("counts", String.class, Integer.class));
            }
        });
        all.put("The place is somebody else's", () -> {
            assumeTrue(ErrorsPageTest.userId() == 0, "needs root to make a directory that is somebody else's");
            Path theirs = Files.createDirectory(
                    directory.resolve("theirs"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.setAttribute(theirs, "unix:uid", ANOTHER_USER);
            return thrown(() -> Manager.open(theirs));
        });
        all.put("The directory is no place", () -> {
            Path full = Files.createDirectory(
                    directory.resolve("full"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.createFile(full.resolve("letter.txt"));
            return thrown(() -> Manager.open(full));
        });
        all.put("The place is in use", () -> {
            Path used = directory.resolve("used");
            try (Manager place = Manager.open(used)) {
                return ErrorsPageTest.muster("shm", "remove", place.path().toString());
            }
        });
    }

    private void files(Map<String, Provocation> all) {
        int kind = SegmentKind.of("TEST");
        all.put("Another version of Muster made it", () -> {
            Path file = directory.resolve("older");
            Segment.create(file, kind, 1, 4096).close();
            return thrown(() -> Segment.open(file, kind, 2));
        });
        all.put("No room to grow", () -> {
            Path small = Files.createDirectory(directory.resolve("small"));
            assumeTrue(
                    run("mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "muster-test", small.toString()),
                    "needs to be allowed to mount a small file system");
            try (Manager place = Manager.open(small)) {
                SharedMap<String, byte[]> map = place.getMap("pictures", String.class, byte[].class);
                return thrown(() -> map.set("large", new byte[2_000_000]));
            } finally {
                run("umount", "-l", small.toString());
            }
        });
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
    }

    /** What a handle is on its way, as text. */
    static String sent(Object handle) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(handle);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** The handle that was sent, in this process. */
    static Object arrived(String sent) throws IOException, ClassNotFoundException {
        byte[] bytes = Base64.getDecoder().decode(sent);
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }
}
