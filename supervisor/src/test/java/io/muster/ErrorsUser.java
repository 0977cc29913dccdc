package io.muster;

import io.muster.ipc.memory.SessionDirectory;
import io.muster.ipc.sync.SharedEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A program that meets the errors of a machine that is not set up well. {@link ErrorsPageTest} starts it. */
final class ErrorsUser {
    private ErrorsUser() {}

    /** Arguments: directories that shared memory cannot be in, then one that is fine. */
    public static void main(String[] directories) throws Exception {
        int last = directories.length - 1;
        for (String directory : List.of(directories).subList(0, last)) {
            System.setProperty("muster.dir", directory);
            try {
                SessionDirectory.current();
            } catch (RuntimeException e) {
                System.out.println(
                        Path.of(directory).getFileName() + " " + e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        }
        System.setProperty("muster.dir", directories[last]);
        try (var pool = ProcessPool.builder()
                .workers(1)
                .heap("32m")
                .systemProperty("muster.wait.portable", "true")
                .start()) {
            // Longer than anybody spins: the parent has to go to sleep, which is what makes it speak.
            pool.submit(() -> LockSupport.parkNanos(300_000_000)).get();
        }
        System.out.println("handle " + SharedObjectErrors.sent(SharedEvent.create()));
        System.out.println("done .");
    }
}
