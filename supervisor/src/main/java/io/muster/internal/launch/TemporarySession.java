package io.muster.internal.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** A directory under the temp directory. */
final class TemporarySession implements Session {
    private static TemporarySession only;

    private final Path directory;
    private final String token = UUID.randomUUID().toString();
    private final AtomicLong count = new AtomicLong();

    private TemporarySession(Path directory) {
        this.directory = directory;
    }

    static synchronized TemporarySession get() {
        if (only == null) {
            try {
                only = new TemporarySession(Files.createTempDirectory("muster-"));
                only.directory.toFile().deleteOnExit();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return only;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public Path newFile(String prefix) {
        return directory.resolve(prefix + count.incrementAndGet());
    }

    @Override
    public String token() {
        return token;
    }

    @Override
    public long reserve(String name) {
        return count.incrementAndGet();
    }

    @Override
    public void reaped(long partyId) {}
}
